package io.depthcast.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Fills records with values by the path of each component. */
public final class Records {
    private Records() {}

    /** @throws IllegalStateException if the keys and the components do not fit each other */
    public static <R extends Record> R fill(Class<R> type, String prefix, Map<String, Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = argument(components[i], prefix, values);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " does not take what its keys allow", e);
        }
    }

    private static Object argument(RecordComponent component, String prefix, Map<String, Object> values) {
        Class<?> type = component.getType();
        String path = prefix + nameOf(component);
        if (type.isRecord()) {
            return fill(type.asSubclass(Record.class), path + ".", values);
        }
        Object value = Objects.requireNonNull(values.get(path), () -> "no key " + path);
        return type == int.class ? (Object) Math.toIntExact((Long) value) : value;
    }

    /** The keys of those components of a record of records that are of these types. */
    public static Set<String> keys(Class<? extends Record> type, List<Class<? extends Record>> parts) {
        Set<String> keys = new LinkedHashSet<>();
        for (RecordComponent section : type.getRecordComponents()) {
            if (parts.contains(section.getType())) {
                for (RecordComponent key : section.getType().getRecordComponents()) {
                    keys.add(nameOf(section) + "." + nameOf(key));
                }
            }
        }
        return keys;
    }

    /** The components of a record that are of these types. */
    public static List<Record> parts(Record whole, List<Class<? extends Record>> types) {
        List<Record> parts = new ArrayList<>();
        try {
            for (RecordComponent component : whole.getClass().getRecordComponents()) {
                if (types.contains(component.getType())) {
                    parts.add((Record) component.getAccessor().invoke(whole));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(whole.getClass() + " does not give what it has", e);
        }
        return parts;
    }

    public static String nameOf(RecordComponent component) {
        Section section = component.getAnnotation(Section.class);
        return section == null ? component.getName() : section.value();
    }
}
