package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.flag.FlagIdentifiers;
import eu.sinusnode.analysis.flag.FlagStore;
import eu.sinusnode.analysis.flag.WriteRefused;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.ModelIdentity;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.RiskFlagCodes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** Flags on the FHIR server. */
public final class HttpFlagStore implements FlagStore {

    private static final int MOST = 100;
    /** Each has a summary and a few flags: they fit on a page. */
    private static final int TOGETHER = 25;

    private static final String FLAG_CODES = RiskFlagCodes.ALL.stream()
            .map(code -> Canonicals.OBSERVATION_CODES + "|" + code)
            .collect(Collectors.joining(","));

    private final FhirHttp fhir;
    private final Map<ModelIdentity, String> devices = new HashMap<>();

    public HttpFlagStore(FhirHttp fhir) {
        this.fhir = fhir;
    }

    @Override
    public List<Observation> flagsOf(String patient) {
        return search(
                "Observation?patient=" + encode(patient) + "&category="
                        + encode(Canonicals.OBSERVATION_CATEGORIES + "|" + Codes.RISK_FLAG),
                Observation.class);
    }

    /** By their codes, within which every consent lets the job find what it wrote. */
    @Override
    public Map<String, List<Observation>> flagsOfMany(Collection<String> patients) {
        Map<String, List<Observation>> byPatient = new HashMap<>();
        List<String> left = List.copyOf(patients);
        while (!left.isEmpty()) {
            List<String> together = left.subList(0, Math.min(TOGETHER, left.size()));
            left = left.subList(together.size(), left.size());
            Bundle found = fhir.get(
                    "Observation?patient=" + encode(String.join(",", together)) + "&code=" + encode(FLAG_CODES)
                            + "&_count=" + MOST,
                    Bundle.class);
            // Of what has a further page, some patient's flags are not whole.
            if (found.getLink(IBaseBundle.LINK_NEXT) == null) {
                resources(found, Observation.class).forEach(flag -> byPatient
                        .computeIfAbsent(
                                flag.getSubject().getReferenceElement().getIdPart(), patient -> new ArrayList<>())
                        .add(flag));
            }
        }
        return byPatient;
    }

    @Override
    public List<Task> signOffTasksOf(String patient) {
        return search(
                "Task?patient=" + encode(patient) + "&code=" + encode(Canonicals.TASK_CODES + "|" + Codes.SIGN_OFF),
                Task.class);
    }

    @Override
    public synchronized String deviceOf(ModelIdentity identity) {
        return devices.computeIfAbsent(identity, this::findOrCreate);
    }

    private String findOrCreate(ModelIdentity identity) {
        Identifier identifier = FlagIdentifiers.algorithm(identity);
        List<Device> known = search(
                "Device?identifier=" + encode(identifier.getSystem() + "|" + identifier.getValue()), Device.class);
        Device device = known.isEmpty() ? fhir.post("Device", device(identity), Device.class) : known.get(0);
        return device.getIdElement().toUnqualifiedVersionless().getValue();
    }

    private static Device device(ModelIdentity identity) {
        Device device = new Device();
        device.addIdentifier(FlagIdentifiers.algorithm(identity));
        device.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        device.addDeviceName().setName(identity.name()).setType(Device.DeviceNameType.MODELNAME);
        device.getType().addCoding().setSystem(Codes.SNOMED).setCode(Codes.SOFTWARE);
        device.addVersion().setValue(identity.version());
        if (identity.sha256() != null) {
            device.setModelNumber(identity.sha256());
        }
        return device;
    }

    @Override
    public void write(Bundle transaction) {
        try {
            fhir.post("", transaction);
        } catch (RequestRefused refusal) {
            switch (refusal.status()) {
                case 409, 412 -> throw new TransientFailure("Another writer was faster", refusal);
                case 404, 410 -> throw new WriteRefused(message(refusal), true);
                case 400, 422, 500 -> throw new WriteRefused(message(refusal), false);
                // A 403 on this content concerns the patient; any other one the job itself, its scopes or its
                // registration.
                default ->
                    throw message(refusal).contains("SN-CONTENT") ? new WriteRefused(message(refusal), false) : refusal;
            }
        }
    }

    private static String message(RequestRefused refusal) {
        return String.valueOf(refusal.getMessage());
    }

    private <T extends Resource> List<T> search(String query, Class<T> type) {
        return resources(fhir.get(query + "&_count=" + MOST, Bundle.class), type);
    }

    private static <T extends Resource> List<T> resources(Bundle found, Class<T> type) {
        return found.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .map(Versions::inId)
                .toList();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
