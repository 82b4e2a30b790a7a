package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.training.table.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All rows of a table.
 *
 * @param dataSha256 of the table
 * @param unlabelled rows without an outcome, left out
 * @param refused by finding, how many values cannot be and count as missing
 */
public record Cases(String dataSha256, List<Case> rows, int unlabelled, Map<String, Integer> refused) {

    private static final List<String> PATIENT = List.of("patient", "id");

    /** @throws IllegalArgumentException naming what is not as it should be */
    public static Cases read(Path file, Design design) throws IOException {
        CsvFile csv = CsvFile.open(file);
        csv.require(List.of(design.label()));
        List<Input> shipped = design.inputs().stream()
                .filter(input -> design.shipped().contains(input.name()))
                .toList();
        List<List<String>> columns =
                shipped.stream().map(Input::columns).distinct().toList();
        List<List<String>> present = columns.stream().filter(csv::has).toList();
        csv.require(present.isEmpty() ? columns : present);
        List<Case> rows = new ArrayList<>();
        int[] unlabelled = {0};
        Counter refused = new Counter();
        csv.forEach(row -> {
            double outcome = row.number(design.label());
            if (outcome >= 0) {
                rows.add(row(design, row, outcome >= 1, refused));
            } else {
                unlabelled[0]++;
            }
        });
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("%s has no row with an outcome in its column %s"
                    .formatted(file, String.join(" or ", design.label())));
        }
        return new Cases(csv.sha256(), rows, unlabelled[0], refused.counts());
    }

    private static Case row(Design design, CsvFile.Row row, boolean positive, Counter refused) {
        Set<String> refusedHere = new TreeSet<>();
        double[] inputs = design.inputs().stream()
                .mapToDouble(input ->
                        input.of(row, refusedHere::add, design.shipped().contains(input.name())))
                .toArray();
        refusedHere.forEach(refused::add);
        Map<String, String> groups = new LinkedHashMap<>();
        for (Grouping grouping : design.groupings()) {
            design.group(groups, grouping, grouping.value().of(row, finding -> {}, false));
        }
        String patient = row.text(PATIENT);
        return new Case(patient == null ? "line " + row.line() : patient, positive, groups, inputs);
    }

    /** Rows that were made and not read. */
    public static Cases simulated(List<Case> rows) {
        Cases cases = new Cases("", List.copyOf(rows), 0, Map.of());
        return new Cases(cases.rowsSha256(), cases.rows(), 0, Map.of());
    }

    /** As a table that {@link #read} reads; only of a design whose inputs are the columns themselves. */
    public String csv(Design design) {
        StringBuilder csv = new StringBuilder("patient");
        design.inputs().forEach(input -> csv.append(',').append(input.name()));
        csv.append(',').append(design.label().get(0)).append('\n');
        for (Case row : rows) {
            csv.append(row.patient());
            for (double value : row.inputs()) {
                csv.append(',').append(Double.isNaN(value) ? "" : String.valueOf(value));
            }
            csv.append(',').append(row.positive() ? 1 : 0).append('\n');
        }
        return csv.toString();
    }

    /** Of what the rows say, whatever their order and the table's form. */
    public String rowsSha256() {
        return ModelFiles.sha256(String.join(
                "\n",
                rows.stream()
                        .map(row -> row.positive() + Arrays.toString(row.inputs()))
                        .sorted()
                        .toList()));
    }

    /** Of one input, those that are there. */
    public double[] values(String input, Design design) {
        int index = design.indices(List.of(input))[0];
        return rows.stream()
                .mapToDouble(row -> row.inputs()[index])
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    public List<String> patients() {
        return rows.stream().map(Case::patient).distinct().toList();
    }

    int positives() {
        return (int) rows.stream().filter(Case::positive).count();
    }
}
