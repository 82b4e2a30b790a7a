package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.replay.ReplayDesk;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Tasks of code {@code risk-replay} on the FHIR server. */
public final class HttpReplayDesk implements ReplayDesk {

    /** Of a page. */
    private static final int MOST = 100;

    private final FhirHttp fhir;
    private final List<String> named;

    /** @param named ids of the Tasks to answer; empty: all that wait, the oldest first */
    public HttpReplayDesk(FhirHttp fhir, List<String> named) {
        this.fhir = fhir;
        this.named = List.copyOf(named);
    }

    @Override
    public List<Task> open() {
        return named.isEmpty()
                ? searched()
                : named.stream().flatMap(id -> read(id).stream()).toList();
    }

    /** Empty when it is no open Task for a replay, or not there for the job. */
    private Optional<Task> read(String id) {
        return version("Task/" + URLEncoder.encode(id, StandardCharsets.UTF_8), Task.class)
                .filter(task -> task.getStatus() == TaskStatus.REQUESTED
                        && Codes.RISK_REPLAY.equals(
                                task.getCode().getCodingFirstRep().getCode()));
    }

    private List<Task> searched() {
        String code = URLEncoder.encode(Canonicals.TASK_CODES + "|" + Codes.RISK_REPLAY, StandardCharsets.UTF_8);
        return fhir.all("Task?code=" + code + "&status=requested&_sort=authored-on&_count=" + MOST, Task.class);
    }

    @Override
    public Optional<Observation> flag(String version) {
        return version(version, Observation.class);
    }

    private <T extends Resource> Optional<T> version(String path, Class<T> type) {
        try {
            return Optional.of(Versions.inId(fhir.get(path, type)));
        } catch (RequestRefused refusal) {
            if (refusal.status() == 404 || refusal.status() == 410) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    @Override
    public List<Provenance> provenances(String flag) {
        return fhir.all("Provenance?target=" + flag + "&_count=" + MOST, Provenance.class);
    }

    @Override
    public boolean answer(Task answered) {
        IdType id = answered.getIdElement();
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        transaction
                .addEntry()
                .setResource(answered)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(id.toUnqualifiedVersionless().getValue())
                .setIfMatch("W/\"" + id.getVersionIdPart() + "\"");
        try {
            fhir.post("", transaction, Bundle.class);
            return true;
        } catch (RequestRefused refusal) {
            return switch (refusal.status()) {
                case 404, 409, 410, 412 -> false;
                default -> throw refusal;
            };
        }
    }
}
