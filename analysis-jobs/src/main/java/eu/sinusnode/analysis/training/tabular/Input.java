package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.training.table.CsvFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An input of a model and where a table has it.
 *
 * @param name in manifests and flags
 * @param finding what it tells, in words; inputs of one finding are missing together
 * @param columns names that a table may have it under
 * @param low least value that can be; anything outside counts as missing
 * @param high largest value that can be
 * @param code when given, the input is whether the column has this code: 1 or 0
 */
public record Input(
        String name,
        String finding,
        List<String> columns,
        double low,
        double high,
        @Nullable Integer code) {

    private static final Map<String, Double> WORDS =
            Map.of("true", 1.0, "false", 0.0, "yes", 1.0, "no", 0.0, "male", 1.0, "female", 0.0, "m", 1.0, "f", 0.0);

    /** The measured number itself. */
    public static Input number(String finding, double low, double high, String... columns) {
        return new Input(columns[0], finding, List.of(columns), low, high, null);
    }

    /** One of the codes of a finding that has codes from {@code low} to {@code high}. */
    public static Input code(String name, String finding, int code, double low, double high, String... columns) {
        return new Input(name, finding, List.of(columns), low, high, code);
    }

    /**
     * Not a number when missing.
     *
     * @param refused told of a finding whose value stands in the table and cannot be
     * @param strict whether a word that is no number is an error, or cannot be
     */
    double of(CsvFile.Row row, Consumer<String> refused, boolean strict) {
        String text = row.text(columns);
        if (text == null) {
            return Double.NaN;
        }
        Double word = WORDS.get(text.toLowerCase(Locale.ROOT));
        double value = word != null ? word : strict || row.isNumber(columns) ? row.number(columns) : Double.NaN;
        // Also what is not a number is not in between.
        if (!(value >= low && value <= high)) {
            refused.accept(finding);
            return Double.NaN;
        }
        return code == null ? value : value == code ? 1 : 0;
    }
}
