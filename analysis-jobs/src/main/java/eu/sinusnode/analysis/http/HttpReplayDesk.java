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

/** Tasks of code {@code risk-replay} on the FHIR server. */
public final class HttpReplayDesk implements ReplayDesk {

    private static final int MOST = 100;

    private final FhirHttp fhir;

    public HttpReplayDesk(FhirHttp fhir) {
        this.fhir = fhir;
    }

    @Override
    public List<Task> open() {
        String code = URLEncoder.encode(Canonicals.TASK_CODES + "|" + Codes.RISK_REPLAY, StandardCharsets.UTF_8);
        return all("Task?code=" + code + "&status=requested&_sort=authored-on&_count=" + MOST, Task.class);
    }

    @Override
    public Optional<Observation> flag(String version) {
        try {
            return Optional.of(Versions.inId(fhir.get(version, Observation.class)));
        } catch (RequestRefused refusal) {
            if (refusal.status() == 404 || refusal.status() == 410) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    @Override
    public List<Provenance> provenances(String flag) {
        return all("Provenance?target=" + flag + "&_count=" + MOST, Provenance.class);
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

    private <T extends Resource> List<T> all(String query, Class<T> type) {
        return fhir.get(query, Bundle.class).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .map(Versions::inId)
                .toList();
    }
}
