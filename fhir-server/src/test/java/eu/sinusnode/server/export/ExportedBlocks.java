package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that are organised by patient, read as the IG describes them. */
record ExportedBlocks(Map<String, List<JsonNode>> byPatient) {

    private static final Pattern HEADER =
            Pattern.compile("\\{\"resourceType\":\"Parameters\",\"parameter\":\\[\\{\"name\":\"header\","
                    + "\"valueReference\":\\{\"reference\":\"Patient/([0-9a-f-]+)\"\\}\\}]}");

    /** @param files their lines */
    static ExportedBlocks of(List<List<JsonNode>> files) {
        Map<String, List<JsonNode>> blocks = new LinkedHashMap<>();
        for (List<JsonNode> file : files) {
            List<JsonNode> block = null;
            for (JsonNode line : file) {
                if (!type(line).equals("Parameters")) {
                    Objects.requireNonNull(block, "a line before the first header")
                            .add(line);
                    continue;
                }
                Matcher header = HEADER.matcher(line.toString());
                assertThat(header.matches()).as(line.toString()).isTrue();
                block = new ArrayList<>();
                assertThat(blocks.put(header.group(1), block))
                        .as("blocks of one patient")
                        .isNull();
            }
        }
        blocks.forEach((patient, lines) -> {
            assertThat(lines).as("block of " + patient).isNotEmpty();
            assertThat(lines.stream().map(ExportedBlocks::path)).doesNotHaveDuplicates();
        });
        return new ExportedBlocks(blocks);
    }

    static ExportedBlocks of(ExportClient client, JsonNode manifest) {
        return of(client.outputs(manifest));
    }

    Set<String> patients() {
        return byPatient.keySet();
    }

    List<JsonNode> of(String patient) {
        return byPatient.getOrDefault(patient, List.of());
    }

    /** {@code Type/id} of each line. */
    List<String> paths(String patient) {
        return of(patient).stream().map(ExportedBlocks::path).toList();
    }

    Set<String> types(String patient) {
        return of(patient).stream().map(ExportedBlocks::type).collect(Collectors.toSet());
    }

    static String type(JsonNode line) {
        return line.get("resourceType").asText();
    }

    static String path(JsonNode line) {
        return type(line) + "/" + line.get("id").asText();
    }
}
