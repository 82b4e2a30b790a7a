package eu.sinusnode.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.export.ExportClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** One export of each kind of caller that may export; who may not asks for the patient's. */
final class WalkExports {

    private final Map<CallerKind, String> begun = new EnumMap<>(CallerKind.class);

    void begin(CallerKind kind) {
        begun.put(kind, new ExportClient(WalkWorld.token(kind)).started("/$export?_type=Patient"));
    }

    /** Where its state is told, when it is over. */
    String status(CallerKind kind) {
        manifest(kind);
        return Objects.requireNonNull(begun.get(whose(kind)));
    }

    /** One that never was, where nothing may be told: of the walk's few patients, to a researcher. */
    String file(CallerKind kind) {
        JsonNode first = manifest(kind).at("/output/0/url");
        return first.isMissingNode()
                ? status(kind).replace("$export-status", "$export-file") + "&file=" + Records.id("walk-no-file")
                : first.asText();
    }

    private JsonNode manifest(CallerKind kind) {
        CallerKind whose = whose(kind);
        return new ExportClient(WalkWorld.token(whose)).manifest(Objects.requireNonNull(begun.get(whose)));
    }

    private CallerKind whose(CallerKind kind) {
        return begun.containsKey(kind) ? kind : CallerKind.PATIENT;
    }
}
