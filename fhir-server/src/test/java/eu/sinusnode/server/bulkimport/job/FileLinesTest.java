package eu.sinusnode.server.bulkimport.job;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.bulkimport.job.FileLines.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLinesTest {

    private static final int LONGEST = 1_000;

    @TempDir
    private Path folder;

    @Test
    void emptyLinesCountAndArePassedOver() throws IOException {
        assertThat(told(file("a\n\n\r\nb\r\nlast"), 0, 0, 10)).containsExactly("1 a", "4 b", "5 last");
    }

    @Test
    void anEmptyFileHasNoLines() throws IOException {
        assertThat(told(file(""), 0, 0, 10)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsTellableAndTheNextOneIsRead() throws IOException {
        String endless = "x".repeat(3 << 20);
        assertThat(told(file("a\n" + endless + "\nb\n" + "y".repeat(LONGEST) + "\n"), 0, 0, 10))
                .containsExactly("1 a", "2 too long", "3 b", "4 " + "y".repeat(LONGEST));
    }

    /** From wherever a portion ended, the rest is the same. */
    @Test
    void whatComesAfterAPortionIsTheRest() throws IOException {
        Random random = new Random(3);
        List<String> lines = IntStream.range(0, 5_000)
                .mapToObj(i -> "z".repeat(random.nextInt(300)))
                .toList();
        Path file = file(lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        List<String> whole = told(file, 0, 0, Integer.MAX_VALUE >> 12);

        List<String> resumed = new ArrayList<>();
        long position = 0;
        long number = 0;
        boolean more = true;
        while (more) {
            try (FileLines reader = FileLines.open(file, position, number, LONGEST)) {
                List<Line> portion = reader.next(1 + random.nextInt(700));
                portion.forEach(line -> resumed.add(told(line)));
                more = !portion.isEmpty();
                if (more) {
                    position = portion.get(portion.size() - 1).end();
                    number = portion.get(portion.size() - 1).number();
                }
            }
        }

        assertThat(whole).hasSizeGreaterThan(4_900);
        assertThat(resumed).isEqualTo(whole);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("some.ndjson"), content);
    }

    private static List<String> told(Path file, long position, long number, int most) throws IOException {
        try (FileLines lines = FileLines.open(file, position, number, LONGEST)) {
            return lines.next(most).stream().map(FileLinesTest::told).toList();
        }
    }

    private static String told(Line line) {
        return line.number() + " "
                + (line.json() == null
                        ? "too long"
                        : new String(Objects.requireNonNull(line.json()), StandardCharsets.UTF_8));
    }
}
