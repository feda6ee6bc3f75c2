package io.depthcast.app;

import io.depthcast.source.RecordingCut;
import io.depthcast.source.RecordingReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code depthcast recording}. Ends with 0 if all is good, 1 if not, 2 if the command is wrong. */
@Command(
        name = "recording",
        mixinStandardHelpOptions = true,
        description = "Verifies, describes and cuts recordings.",
        synopsisSubcommandLabel = "COMMAND")
final class RecordingCommand implements Runnable {
    private static final String FILES = "Files that feed.recording.files takes, or folders of .rec.";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected verify, describe or cut");
    }

    @Command(mixinStandardHelpOptions = true, description = "Reads all, and says whether it is whole.")
    int verify(@Parameters(arity = "1..*", paramLabel = "FILE", description = FILES) List<Path> files) {
        return report(files, () -> RecordingReport.verify(files));
    }

    @Command(mixinStandardHelpOptions = true, description = "Says which instruments, how much, and of when.")
    int describe(@Parameters(arity = "1..*", paramLabel = "FILE", description = FILES) List<Path> files) {
        return report(files, () -> RecordingReport.describe(files));
    }

    @Command(mixinStandardHelpOptions = true, description = "Writes a part of recordings to another, of the kind .rec.")
    int cut(
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            converter = Time.class,
                            description = "First time, such as 2026-11-29T14:30:00Z.")
                    @Nullable
                    Instant from,
            @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "Last time.") @Nullable
                    Instant to,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "File to write, ends with .rec.")
                    Path out,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = FILES) List<Path> files) {
        if (!out.toString().endsWith(".rec")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--out: expected a name that ends with .rec, got \"" + out + "\"");
        }
        long fromMicros = from == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, from);
        long toMicros = to == null ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, to);
        return report(files, () -> RecordingCut.cut(files, out, fromMicros, toMicros));
    }

    private int report(List<Path> files, Supplier<RecordingReport> work) {
        String mistake = RecordingReport.mistake(files);
        if (mistake != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), mistake);
        }
        RecordingReport report = work.get();
        PrintWriter out = report.isGood()
                ? spec.commandLine().getOut()
                : spec.commandLine().getErr();
        report.lines().forEach(out::println);
        out.flush();
        return report.isGood() ? ExitCode.OK : ExitCode.CANNOT_START;
    }

    /** A time as text. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("expected a time such as 2026-11-29T14:30:00Z, got \"" + text + "\"");
            }
        }
    }
}
