package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.quality.CheckedReadings.LeftOut;
import eu.sinusnode.analysis.risk.PatientFeatures;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The readings that the last run left out, in a file: a line of JSON each, with the version of the Observation, the code
 * and the reason, and nothing of what was measured. A range that was interrupted after it was listed is listed again.
 */
public final class LeftOutList {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** @param directory of the state; made when it is not there */
    public LeftOutList(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("risk-left-out.ndjson");
    }

    /** Empties the list for a run that begins with the first patient. */
    void begin() throws IOException {
        Files.deleteIfExists(file);
    }

    void add(List<PatientFeatures> range) throws IOException {
        List<LeftOut> leftOut = range.stream()
                .flatMap(patient -> patient.checked().leftOut().stream())
                .toList();
        if (leftOut.isEmpty()) {
            return;
        }
        try (BufferedWriter writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (LeftOut one : leftOut) {
                writer.write(line(one));
                writer.write('\n');
            }
        }
    }

    private static String line(LeftOut one) throws IOException {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("observation", one.reading().reference());
        line.put("code", one.reading().code());
        line.put("reason", one.fault().reportName());
        return JSON.writeValueAsString(line);
    }
}
