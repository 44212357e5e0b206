package dev.portcullis.cli;

import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Line;
import dev.portcullis.corpus.RequestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Decides the requests of a file, in order. */
final class RequestDecisions {

    private static final int LINES_BETWEEN_FLUSHES = 1024;

    private final Background background;
    private final DecisionPrinter printer;

    RequestDecisions(Background background, DecisionPrinter printer) {
        this.background = background;
        this.printer = printer;
    }

    /** Decides every line; returns the {@link ExitCode}. */
    int decide(Path file, Terminal terminal) {
        int undecided = 0;
        int total = 0;
        try (InputStream in = InputFile.open(file, terminal)) {
            RequestReader reader = new RequestReader(in);
            Optional<Line<AccessRequest>> line = reader.next();
            while (line.isPresent()) {
                total++;
                if (!decide(line.get())) {
                    undecided++;
                }
                if (total % LINES_BETWEEN_FLUSHES == 0) {
                    // Nobody listens any more: no need to go on.
                    terminal.flush();
                }
                line = reader.next();
            }
        } catch (IOException e) {
            throw InputFile.failure(file, e);
        }
        if (undecided > 0) {
            terminal.error(undecided + " of " + total + " requests could not be decided");
            return ExitCode.ERROR;
        }
        return ExitCode.OK;
    }

    private boolean decide(Line<AccessRequest> line) {
        if (line instanceof Line.Faulty<AccessRequest> faulty) {
            printer.printError(line.id(), faulty.message());
            return false;
        }
        AccessRequest request = ((Line.Read<AccessRequest>) line).value();
        try {
            printer.print(line.id(), request, background.question(request).explain());
            return true;
        } catch (IllegalArgumentException e) {
            printer.printError(line.id(), line.number() + ": " + e.getMessage());
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            printer.printError(line.id(), line.number() + ": internal error: " + e);
            return false;
        }
    }
}
