package eu.sinusnode.analysis.training.table;

import eu.sinusnode.analysis.model.ModelFiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A table with a line of column names, plain or gzip, with commas, semicolons or tabs. Columns may stand in any order and
 * some may be missing; what is not asked for is not looked at.
 */
public final class CsvFile {

    private final Path file;
    private final byte[] table;
    private final String separator;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Set<String> twice = new LinkedHashSet<>();
    private int width;

    private CsvFile(Path file, byte[] table) throws IOException {
        this.file = file;
        this.table = table;
        try (BufferedReader lines = lines()) {
            String header = lines.readLine();
            if (header == null || header.isBlank()) {
                throw new IllegalArgumentException("%s is empty; its first line must name the columns".formatted(file));
            }
            this.separator = header.contains(",") ? "," : header.contains(";") ? ";" : "\t";
            for (String name : header.split(separator, -1)) {
                String key = clean(name).toLowerCase(Locale.ROOT);
                if (columns.putIfAbsent(key, width++) != null) {
                    twice.add(key);
                }
            }
        }
    }

    public static CsvFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        return new CsvFile(file, bytes(file));
    }

    /** Of the uncompressed bytes. */
    public String sha256() {
        return ModelFiles.sha256(table);
    }

    /** @param names of one column, any of which will do */
    public boolean has(List<String> names) {
        return names.stream().anyMatch(columns::containsKey);
    }

    /** @throws IllegalArgumentException naming all that is missing, and what is there instead */
    public void require(List<List<String>> wanted) {
        List<String> missing = new ArrayList<>();
        for (List<String> names : wanted) {
            if (names.stream().anyMatch(twice::contains)) {
                throw new IllegalArgumentException(
                        "%s has two columns %s; which one is meant?".formatted(file, names.get(0)));
            }
        }
        for (List<String> names : wanted) {
            if (!has(names)) {
                missing.add(String.join(" or ", names));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("%s has no column %s; its first line names %s"
                    .formatted(file, String.join(", no column ", missing), String.join(", ", columns.keySet())));
        }
    }

    /** Each line that is not blank, in order. */
    public void forEach(Consumer<Row> reader) throws IOException {
        try (BufferedReader lines = lines()) {
            lines.readLine();
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String[] cells = line.split(separator, -1);
                    if (cells.length != width) {
                        throw new IllegalArgumentException("Line %d of %s has %d cells, its first line %d"
                                .formatted(number, file, cells.length, width));
                    }
                    reader.accept(new Row(number, cells));
                }
            }
        }
    }

    /** One line; cells that are empty, {@code ?}, NA or NaN are missing. */
    public final class Row {
        private final int number;
        private final String[] cells;

        private Row(int number, String[] cells) {
            this.number = number;
            this.cells = cells;
        }

        /** Null when the column or the cell is missing. */
        public @Nullable String text(List<String> names) {
            for (String name : names) {
                Integer column = columns.get(name);
                if (column != null) {
                    String cell = clean(cells[column]);
                    boolean missing = cell.isEmpty()
                            || "?".equals(cell)
                            || "NA".equalsIgnoreCase(cell)
                            || "NaN".equalsIgnoreCase(cell);
                    return missing ? null : cell;
                }
            }
            return null;
        }

        /** Not a number when the column or the cell is missing. */
        public double number(List<String> names) {
            String text = text(names);
            try {
                return text == null ? Double.NaN : Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "Line %d of %s: %s must be a number, not %s".formatted(number, file, names.get(0), text), e);
            }
        }

        /** False for words, and for what is missing. */
        public boolean isNumber(List<String> names) {
            String text = text(names);
            try {
                return text != null && !Double.isNaN(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                return false;
            }
        }

        public int line() {
            return number;
        }
    }

    private BufferedReader lines() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(table), StandardCharsets.UTF_8));
    }

    /** Without quotes, blanks around it and a byte order mark. */
    private static String clean(String cell) {
        String bare = cell.strip();
        if (bare.startsWith("\ufeff")) {
            bare = bare.substring(1);
        }
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1).strip()
                : bare;
    }

    private static byte[] bytes(Path file) throws IOException {
        byte[] stored = Files.readAllBytes(file);
        boolean gzip = stored.length > 2 && (stored[0] & 0xff) == 0x1f && (stored[1] & 0xff) == 0x8b;
        if (!gzip) {
            return stored;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return in.readAllBytes();
        }
    }
}
