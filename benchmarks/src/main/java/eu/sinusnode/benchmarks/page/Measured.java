package eu.sinusnode.benchmarks.page;

import eu.sinusnode.benchmarks.all.ResultFile;
import eu.sinusnode.benchmarks.measure.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of an aim's figure, with where it comes from.
 *
 * @param entry the benchmark's run
 */
record Measured(Aim aim, double value, ResultFile.Head head, ResultFile.Entry entry) {

    /** Each time that the figure was measured with sizes like these, the oldest first. */
    static List<Measured> of(Aim aim, List<ResultFile> files, boolean quick) {
        List<Measured> all = new ArrayList<>();
        for (ResultFile file : files) {
            if (file.head().quick() != quick) {
                continue;
            }
            for (ResultFile.Entry entry : file.entries()) {
                for (Result result : entry.results()) {
                    Double value = aim.of(result);
                    if (result.name().equals(aim.figure()) && value != null) {
                        all.add(new Measured(aim, value, file.head(), entry));
                    }
                }
            }
        }
        return all;
    }

    /** How much worse it is than before: 1 the same, 1.2 a fifth worse. */
    double worseThan(Measured before) {
        return aim.reached(before.value) / aim.reached(value);
    }

    /** Whether the two can be held against each other: the same sizes on the same machine. */
    boolean isLike(Measured before) {
        return head.machine().equals(before.head.machine()) && entry.arguments().equals(before.entry.arguments());
    }
}
