package dev.portcullis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The executable. */
@Command(
        name = "portcullis",
        description = "Reads, checks and decides AWS IAM JSON policies, and says why.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DecideCommand.class,
            TestCommand.class,
            ValidateCommand.class,
            CompileCommand.class,
            GenerateCommand.class,
            BenchCommand.class,
            ServeCommand.class
        },
        versionProvider = Portcullis.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis decide --store examples/amazon-q --explain \\",
            "      --principal arn:aws:iam::111122223333:user/alice --action q:SendMessage",
            "  portcullis test --store examples/amazon-q examples/amazon-q/cases.jsonl",
            "  portcullis validate my-policy.json",
            "  portcullis compile examples/amazon-q -o amazon-q.image",
            "  portcullis serve --store examples/amazon-q",
            "",
            "Exit codes: 0 ALLOW, all pass or clean; 1 DENY, differences or findings; 2 error."
        })
final class Portcullis implements Runnable {

    /** Set to {@code true}, it does what {@code --debug} does. */
    static final String DEBUG_PROPERTY = "portcullis.debug";

    private final Terminal terminal;
    private boolean debug = Boolean.getBoolean(DEBUG_PROPERTY);

    @Spec
    private CommandSpec spec;

    private Portcullis(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Runs one command; returns its {@link ExitCode}. Doesn't throw. */
    static int run(Terminal terminal, String... args) {
        CommandLine commandLine = commandLine(terminal);
        int code;
        try {
            code = commandLine.execute(args);
            terminal.flush();
        } catch (CommandFailure failure) {
            terminal.error(failure.getMessage());
            code = ExitCode.ERROR;
        } catch (Throwable internal) {
            // The exit code that the Java machine would choose, 1, means DENY.
            terminal.error("internal error: " + Printable.lines(internal.toString()));
            code = ExitCode.ERROR;
        }
        return code;
    }

    static CommandLine commandLine(Terminal terminal) {
        Portcullis root = new Portcullis(terminal);
        CommandLine commandLine = new CommandLine(root);
        commandLine
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(100)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setParameterExceptionHandler(root::explainUsage)
                .setExecutionExceptionHandler(root::explainFailure)
                .setExecutionStrategy(root::execute);
        return commandLine;
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            description = "auto (on a terminal, unless NO_COLOR is set), always or never; default auto.")
    void color(ColorMode mode) {
        terminal.colorMode(mode);
    }

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an internal error.")
    void debug(boolean on) {
        debug |= on;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Without a command: that is an error, and the help says which there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private int execute(CommandLine.ParseResult parsed) {
        parsed.commandSpec()
                .commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colored("out") ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return new CommandLine.RunLast().execute(parsed);
    }

    private int explainUsage(ParameterException exception, String[] args) {
        CommandLine where = exception.getCommandLine();
        terminal.error(Printable.lines(exception.getMessage()));
        UnmatchedArgumentException.printSuggestions(exception, terminal.err());
        terminal.err().println("Try `" + where.getCommandSpec().qualifiedName() + " --help`.");
        trace(exception);
        return ExitCode.ERROR;
    }

    private int explainFailure(Exception exception, CommandLine where, CommandLine.ParseResult parsed) {
        if (exception instanceof CommandFailure) {
            terminal.error(exception.getMessage());
        } else if (exception instanceof UncheckedIOException unreadable) {
            terminal.error(InputFile.failure(unreadable).getMessage());
        } else {
            String message = exception.getMessage() == null ? "" : ": " + exception.getMessage();
            terminal.error("internal error, " + exception.getClass().getName() + Printable.lines(message)
                    + " (--debug shows where)");
        }
        trace(exception);
        return ExitCode.ERROR;
    }

    private void trace(Exception exception) {
        if (debug) {
            exception.printStackTrace(terminal.err());
        }
    }

    /** The version that the build wrote down. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"portcullis " + text()};
        }

        static String text() {
            Properties properties = new Properties();
            try (InputStream in = Portcullis.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.getProperty("version");
        }
    }
}
