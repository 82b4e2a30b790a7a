package eu.sinusnode.benchmarks.all;

import java.util.List;

/**
 * A benchmark with its arguments.
 *
 * @param full the sizes that the aims are about; together some hours and 60 GB of disk
 * @param quick some minutes each, to see that nothing fell
 */
record Sizes(String benchmark, List<String> full, List<String> quick) {

    /** In the order in which they run. */
    static final List<Sizes> ALL = List.of(
            of("start", "", "--patients 5 --rounds 2 --idle 20"),
            of(
                    "ingest",
                    "--against STOCK --patients 10 --warm-up 90 --rounds 5 --seconds 10 --connections 6",
                    "--against STOCK --patients 5 --warm-up 30 --rounds 2 --seconds 6 --connections 6"),
            of(
                    "import",
                    "--vitals 10000000 --patients 120000",
                    "--vitals 100000 --patients 1200 --files 4 --stock-seconds 10"),
            of("access", "--patients 20 --rounds 5", "--patients 5 --rounds 2 --seconds 4 --warm-up 15"),
            of(
                    "consent",
                    "--patients 20 --rounds 8 --seconds 4 --warm-up 60",
                    "--patients 20 --rounds 2 --seconds 4 --warm-up 15"),
            of(
                    "read",
                    "--patients 20 --rounds 5 --warm-up 60",
                    "--patients 5 --readings 200000 --others 2400 --stock-vitals 20000 --rounds 2 --seconds 4"
                            + " --warm-up 15"),
            of(
                    "search",
                    "--patients 10 --warm-up 30 --connections 2",
                    "--patients 10 --readings 500000 --others 6000 --rounds 2 --seconds 4 --warm-up 10"
                            + " --connections 2"),
            of(
                    "lastn",
                    "--patients 20",
                    "--patients 5 --readings 200000 --others 2400 --rounds 2 --seconds 4 --warm-up 10"),
            of(
                    "export",
                    "--vitals 10000000 --patients 120000",
                    "--vitals 100000 --patients 1200 --rounds 2 --stock-vitals 10000 --stock-rounds 1"),
            of("growth", "", "--stages 5000,10000,20000 --files 2 --rounds 1 --seconds 3 --warm-up 5 --exported 30"),
            of("population", "", "--readings 500000 --patients 6000 --searches 20"),
            of("risk", "", "--patients 1200 --readings 99600 --rounds 1"),
            of("reminders", "", "--plans 2000 --rounds 2"));

    private static Sizes of(String benchmark, String full, String quick) {
        return new Sizes(benchmark, words(full), words(quick));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
