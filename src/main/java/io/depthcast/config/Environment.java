package io.depthcast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the environment variables and system properties that are meant for us. */
public final class Environment {
    private static final String SERVICE_HOST = "_SERVICE_HOST";
    private static final Pattern SERVICE_LINK = Pattern.compile("SERVICE_(HOST|PORT.*)|PORT_[0-9]+_.*");

    private Environment() {}

    public static Source variables(Map<String, String> environment, Catalogue catalogue) {
        List<Given> given = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (!variable.startsWith(Key.ENVIRONMENT_PREFIX) || isServiceLink(variable, text, environment)) {
                return;
            }
            Key key = catalogue.ofVariable(variable);
            if (key == null) {
                mistakes.add(variable + ": " + catalogue.complaintAboutVariable(variable));
            } else {
                given.add(Given.text(key.name(), text, variable));
            }
        });
        return new Source(given, mistakes);
    }

    public static Source properties(Map<String, String> properties) {
        List<Given> given = new ArrayList<>();
        new TreeMap<>(properties).forEach((property, text) -> {
            if (property.startsWith(Key.PROPERTY_PREFIX)) {
                given.add(Given.text(property.substring(Key.PROPERTY_PREFIX.length()), text, "-D" + property));
            }
        });
        return new Source(given, List.of());
    }

    /**
     * Whether Kubernetes made this variable. It describes each Service to each pod, so a Service called {@code depthcast}
     * or {@code depthcast-management} brings names that look like ours, and even {@code DEPTHCAST_MANAGEMENT_PORT} with an
     * address in it.
     */
    private static boolean isServiceLink(String variable, String text, Map<String, String> environment) {
        for (int end = variable.indexOf('_'); end > 0; end = variable.indexOf('_', end + 1)) {
            if (environment.containsKey(variable.substring(0, end) + SERVICE_HOST)) {
                String rest = variable.substring(end + 1);
                boolean address = rest.equals("PORT") && text.contains("://");
                if (address || SERVICE_LINK.matcher(rest).matches()) {
                    return true;
                }
            }
        }
        return false;
    }
}
