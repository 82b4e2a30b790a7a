package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.progress.Progress;
import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out results
 * @param err troubles
 * @param progress what is going on
 */
public record Terminal(PrintStream out, PrintStream err, Progress progress) {}
