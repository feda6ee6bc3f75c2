package io.depthcast.app;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Environment;
import io.depthcast.config.Given;
import io.depthcast.config.KeyTable;
import io.depthcast.config.Reading;
import io.depthcast.config.Setting;
import io.depthcast.config.Source;
import io.depthcast.config.YamlFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code depthcast}: reads the configuration, and starts the gateway unless asked for something else. */
@Command(
        name = "depthcast",
        mixinStandardHelpOptions = true,
        description = "Streams live order books, trades and candles to browsers and programs over WebSocket.",
        sortOptions = false,
        usageHelpWidth = 120)
final class GatewayCommand implements Callable<Integer> {
    private static final Path DEFAULT_FILE = Path.of("conf", "gateway.yaml");

    private final Map<String, String> environment;
    private final Map<String, String> properties;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration file, instead of conf/gateway.yaml.")
    private @Nullable Path file;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Sets one key; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Short for --set http.port=PORT.")
    private @Nullable String port;

    @Option(names = "--check-config", description = "Checks the configuration and ends.")
    private boolean checkOnly;

    @Option(names = "--print-config", description = "Prints each value and where it came from, and ends.")
    private boolean printOnly;

    @Option(names = "--train", description = "Serves its first book to itself, for a class-data archive, and ends.")
    private boolean train;

    private GatewayCommand(Map<String, String> environment, Map<String, String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    static CommandLine commandLine(Map<String, String> environment, Map<String, String> properties) {
        CommandLine line =
                new CommandLine(new GatewayCommand(environment, properties)).addSubcommand(new RecordingCommand());
        line.getCommandSpec().version("depthcast " + Version.text());
        // Made when help is asked for, and not at each start.
        line.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        help -> help.createHeading(String.join("%n", KeyTable.forHelp(Keys.ALL)) + "%n"));
        return line.setParameterExceptionHandler(GatewayCommand::wrongUsage);
    }

    private static int wrongUsage(ParameterException mistake, String[] arguments) {
        PrintWriter err = mistake.getCommandLine().getErr();
        err.println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("depthcast --help says what there is.");
        return ExitCode.WRONG_USAGE;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = new Catalogue(Keys.ALL);
        if (file == null && Files.exists(DEFAULT_FILE)) {
            file = DEFAULT_FILE;
        }
        Reading reading = read(catalogue);
        if (reading instanceof Reading.Refused refused) {
            refused.mistakes().forEach(err()::println);
            return ExitCode.WRONG_USAGE;
        }
        List<Setting> settings = ((Reading.Accepted) reading).settings();
        if (printOnly) {
            KeyTable.forPrint(settings).forEach(out()::println);
        }
        if (checkOnly) {
            out().println("The configuration is good.");
        }
        if (printOnly || checkOnly) {
            return ExitCode.OK;
        }
        return train ? Training.run(out(), err()) : run(catalogue, settings);
    }

    private int run(Catalogue catalogue, List<Setting> read) {
        Settings settings = Settings.of(read);
        Logging.apply(settings.log());
        Run.Changes changes = new Run.Changes(file, new Reload(() -> read(catalogue), read));
        return Run.untilAsked(settings, KeyTable.changed(read), changes, out(), err());
    }

    private Reading read(Catalogue catalogue) {
        Reading reading = Configuration.read(catalogue, sources(catalogue), Rules.ALL);
        if (reading instanceof Reading.Accepted accepted) {
            String mistake =
                    KeyFile.read(Settings.of(accepted.settings()).auth()).mistake();
            return mistake == null ? reading : new Reading.Refused(List.of(mistake));
        }
        return reading;
    }

    private List<Source> sources(Catalogue catalogue) {
        List<Given> flags = new ArrayList<>();
        if (port != null) {
            flags.add(Given.text("http.port", port, "--port"));
        }
        set.forEach((key, text) -> flags.add(Given.text(key, text, "--set")));
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(flags, List.of()));
        sources.add(Environment.properties(properties));
        sources.add(Environment.variables(environment, catalogue));
        if (file != null) {
            sources.add(YamlFile.read(file, catalogue));
        }
        return sources;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
