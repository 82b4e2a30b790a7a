package eu.sinusnode.server.http;

import static eu.sinusnode.server.http.RunningServer.get;
import static eu.sinusnode.server.http.RunningServer.post;
import static eu.sinusnode.server.http.RunningServer.put;
import static eu.sinusnode.server.http.RunningServer.request;
import static eu.sinusnode.server.http.RunningServer.send;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Expectations.Row;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/** The request that each row of the expectations stands for, about records that are stored. */
final class WalkRequests {

    private static final String PATCH = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"de\"}]";
    /** What was signed goes with what it was signed for, and with no other version. */
    private static final String PATCH_OF_CONSENT = "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"de\"},"
            + "{\"op\":\"replace\",\"path\":\"/sourceAttachment\",\"value\":{\"title\":\"Said in the app\"}}]";

    private final WalkExports exports;

    WalkRequests(WalkExports exports) {
        this.exports = exports;
    }

    private static final Map<String, String> MEASUREMENTS = Map.of(
            "$lastn", "?category=vital-signs&patient=",
            "$stats", "?coding=http://loinc.org%7C8867-4&duration=24&statistic=average&subject=",
            "$trend", "?code=http://loinc.org%7C8867-4&from=2026-01-01&patient=");

    /**
     * @param parameterType of a search parameter, else anything
     * @param open whether the caller may do it: then a write is of a record of its own
     */
    Answer ask(Row row, String parameterType, CallerKind kind, boolean open, String token) {
        String type = row.what();
        if (row.how().startsWith("?")) {
            String name = row.how().substring(1);
            String needed = WalkWorld.needed(type, name, kind);
            return get(
                    "/" + type + "?" + name + "=" + value(type, name, parameterType, kind)
                            + (needed.isEmpty() ? "" : "&" + needed),
                    token);
        }
        if (row.how().equals("$job-run")) {
            return post("/" + row.how(), token, JobRuns.start(UUID.fromString(Records.id("walk-run"))));
        }
        if (Set.of("$affected-patients", "$unfinished-runs").contains(row.how())) {
            return get(
                    "/" + type + "/" + row.how() + "?client=x&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
                    token);
        }
        if (MEASUREMENTS.containsKey(row.how())) {
            return get("/" + type + "/" + row.how() + MEASUREMENTS.get(row.how()) + WalkWorld.PATIENT, token);
        }
        if (row.how().equals("$export")) {
            return export(row, token, kind);
        }
        if (row.how().equals("$validate")) {
            return post("/" + type + "/" + row.how(), token, empty(type));
        }
        if (row.how().equals("$risk-input")) {
            return get("/" + row.how() + "?version=Patient/" + WalkWorld.PATIENT + "/_history/1", token);
        }
        if (row.how().equals("$match")) {
            return post("/" + type + "/" + row.how(), token, Records.patient(WalkWorld.PATIENT));
        }
        if (row.how().equals("$merge")) {
            return post("/" + type + "/" + row.how(), token, WalkWrites.merge());
        }
        if (row.how().equals("$erase")) {
            String path = "/" + type + "/" + Records.id("walk-erased-patient") + "/" + row.how();
            return post(path, token, WalkWrites.erase());
        }
        if (Set.of("$legal-hold", "$restrict").contains(row.how())) {
            return post("/" + type + "/" + WalkWorld.PATIENT + "/" + row.how(), token, WalkWrites.lift());
        }
        if (Set.of("$break-glass", "$end-break-glass").contains(row.how())) {
            return post("/" + type + "/" + WalkWorld.PATIENT + "/" + row.how(), token, WalkWrites.ended());
        }
        if (row.how().equals("$sign-off")) {
            return post("/" + type + "/" + WalkWorld.idOf(type, kind) + "/" + row.how(), token, WalkWrites.signOff());
        }
        if (Set.of("$book", "$ask").contains(row.how())) {
            return post("/" + type + "/" + row.how(), token, new Parameters());
        }
        if (Set.of("$apply", "$activate", "$reschedule", "$cancel", "$join").contains(row.how())) {
            return post("/" + type + "/" + WalkWorld.idOf(type, kind) + "/" + row.how(), token, new Parameters());
        }
        if (row.how().equals("$risk-replay")) {
            return post("/" + type + "/" + WalkWorld.VITAL + "/" + row.how(), token, new Parameters());
        }
        if (row.how().equals("$consent-decision")) {
            return post(
                    "/" + type + "/" + WalkWorld.PATIENT + "/" + row.how(),
                    token,
                    DecisionWorld.aboutType(DecisionWorld.ask(Records.CLINIC, null, "TREAT"), "Observation"));
        }
        if (row.how().equals("$export-status")) {
            return get(exports.status(kind), token);
        }
        if (row.how().equals("$export-file")) {
            return get(exports.file(kind), token);
        }
        if (row.how().equals("$import")) {
            return new ImportClient(token, "walk").kickOff(ImportClient.order("Observation", "not-there.ndjson"));
        }
        if (Set.of("$import-status", "$import-errors").contains(row.how())) {
            return get("/" + row.how() + "?job=" + Records.id("walk-no-import"), token);
        }
        if (Set.of("$meta", "$print", "$programme-diff", "$progress", "$status", "$events", "$get-ws-binding-token")
                .contains(row.how())) {
            return get("/" + type + "/" + WalkWorld.idOf(type, kind) + "/" + row.how(), token);
        }
        if (row.how().startsWith("$")) {
            return get(
                    type.equals("(system)") ? "/" + row.how() : "/" + type + "/" + WalkWorld.PATIENT + "/" + row.how(),
                    token);
        }
        return switch (row.how()) {
            case "read" -> get("/" + type + "/" + WalkWorld.idOf(type, kind), token);
            case "search-type" -> get("/" + type + "?" + named(type, kind), token);
            case "create" -> post("/" + type, token, WalkWrites.fresh(type, kind));
            case "update" -> put(written(type, kind, open), token, stored(type, kind, open));
            case "patch" ->
                Ward.jsonPatch(written(type, kind, open), token, type.equals("Consent") ? PATCH_OF_CONSENT : PATCH);
            case "delete" -> Ward.delete(written(type, kind, open), token);
            case "vread" -> get("/" + type + "/" + WalkWorld.idOf(type, kind) + "/_history/1", token);
            case "history-instance" -> get("/" + type + "/" + WalkWorld.idOf(type, kind) + "/_history", token);
            case "history-type" -> get("/" + type + "/_history?_count=1", token);
            case "transaction" -> post("", token, new Bundle().setType(BundleType.TRANSACTION));
            case "batch" -> post("", token, new Bundle().setType(BundleType.BATCH));
            default -> throw new IllegalStateException("No request for " + row);
        };
    }

    /** The one type that everybody who may export has; what was begun is cancelled. */
    private static Answer export(Row row, String token, CallerKind kind) {
        String on = row.what().equals("(system)") ? "" : "/" + row.what();
        String id = row.what().equals("Group") ? "/" + WalkWorld.idOf("Group", kind) : "";
        Answer answer = send(request(on + id + "/$export?_type=Patient", token)
                .header("Prefer", "respond-async")
                .GET());
        answer.header("Content-Location")
                .ifPresent(url -> send(request(url, token).method("DELETE", BodyPublishers.noBody())));
        return answer;
    }

    static String named(String type, CallerKind kind) {
        String needed = WalkWorld.needed(type, "", kind);
        if (!needed.isEmpty()) {
            return needed;
        }
        return switch (type) {
            case "AuditEvent" -> "_count=1";
            case "Coverage" -> "beneficiary=" + WalkWorld.PATIENT;
            default ->
                AccessMatrix.standard().searchParameters(type).contains("patient")
                        ? "patient=" + WalkWorld.PATIENT
                        : "_id=" + WalkWorld.idOf(type, kind);
        };
    }

    private static String value(String type, String name, String parameterType, CallerKind kind) {
        return switch (name) {
            case "_id" -> WalkWorld.idOf(type, kind);
            case "organization", "managing-entity" -> "Organization/" + WalkWorld.idOf("Group", kind);
            case "patient", "subject", "beneficiary" -> WalkWorld.PATIENT;
            case "active" -> "true";
            default ->
                switch (parameterType) {
                    case "date" -> "ge2020-01-01";
                    case "quantity" -> "gt1";
                    case "composite" -> "http%3A%2F%2Floinc.org%7C8867-4%24gt1";
                    case "reference" -> "Patient/" + WalkWorld.PATIENT;
                    default -> "x";
                };
        };
    }

    private static String written(String type, CallerKind kind, boolean open) {
        if (type.equals("Subscription")) {
            return "/" + type + "/" + WalkSubscriptions.fresh(kind);
        }
        return "/" + type + "/" + (open ? WalkWrites.id(type, kind) : WalkWorld.idOf(type, kind));
    }

    private static Resource stored(String type, CallerKind kind, boolean open) {
        Resource record = open ? WalkWrites.changed(type, kind) : WalkWorld.copy(type);
        record.setId(open ? WalkWrites.id(type, kind) : WalkWorld.idOf(type, kind));
        return record;
    }

    private static Resource empty(String type) {
        return (Resource) FhirContext.forR4Cached().getResourceDefinition(type).newInstance();
    }
}
