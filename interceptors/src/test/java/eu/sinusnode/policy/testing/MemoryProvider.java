package eu.sinusnode.policy.testing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.narrowing.ConditionalCreate;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.SearchRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/**
 * Records of one type in memory, searched by id, patient, code, status and target: enough to see which parameters a
 * search really ran with.
 */
public final class MemoryProvider<T extends IBaseResource> extends HashMapResourceProvider<T> {

    /** The parameters of the last search, as the handler saw them. */
    public Map<String, String[]> lastSearch = Map.of();

    /** The condition of the last conditional create, as the handler saw it. */
    public String lastCondition = "";

    private final FakeSentRecords sent;

    private MemoryProvider(FhirContext context, Class<T> type, FakeSentRecords sent) {
        super(context, type);
        this.sent = sent;
    }

    @SuppressWarnings("unchecked")
    static MemoryProvider<?> of(FhirContext context, String type, FakeSentRecords sent) {
        return new MemoryProvider<>(
                context, (Class<Resource>) context.getResourceDefinition(type).getImplementingClass(), sent);
    }

    @SuppressWarnings("unchecked")
    public void keep(Resource resource) {
        store((T) resource);
    }

    public Optional<Resource> current(String id) {
        return getStoredResources().stream()
                .map(Resource.class::cast)
                .filter(resource -> resource.getIdElement().getIdPart().equals(id))
                .findFirst();
    }

    /** What a search of the server itself finds. */
    public List<String> ids(Map<String, List<String>> parameters, int most) {
        Map<String, String[]> given = new HashMap<>();
        parameters.forEach((name, values) -> given.put(name, values.toArray(String[]::new)));
        return getStoredResources().stream()
                .map(Resource.class::cast)
                .filter(record -> matches(record, given))
                .map(record -> record.getIdElement().getIdPart())
                .limit(most)
                .toList();
    }

    public int size() {
        return getStoredResources().size();
    }

    /** As HAPI's storage does it: the gate is asked of each match, and one that it refuses counts as none. */
    @Override
    @Create
    public synchronized MethodOutcome create(@ResourceParam T resource, RequestDetails request) {
        String condition = request.getConditionalUrl(RestOperationTypeEnum.CREATE);
        if (condition != null && !ConditionalCreate.isNone(condition)) {
            lastCondition = condition;
            List<IBaseResource> matches = new ArrayList<>(getAllResources());
            matches.removeIf(match -> !matches(
                    (Resource) match, UrlUtil.parseQueryString(condition.substring(condition.indexOf('?') + 1))));
            Optional<IBaseResource> visible = fireInterceptorsAndFilterAsNeeded(matches, request).stream()
                    .filter(Objects::nonNull)
                    .findFirst();
            if (visible.isPresent()) {
                return new MethodOutcome(visible.get().getIdElement(), false).setResource(visible.get());
            }
        }
        MethodOutcome created = super.create(resource, request);
        CurrentCaller.find(request).ifPresent(caller -> sent.bring(Sender.of(caller), (Resource) resource));
        return created;
    }

    @Override
    @Search(allowUnknownParams = true)
    public synchronized IBundleProvider searchAll(RequestDetails request) {
        lastSearch = Map.copyOf(request.getParameters());
        List<IBaseResource> found = new ArrayList<>();
        for (T record : getAllResources()) {
            if (matches((Resource) record, request.getParameters())) {
                found.add(record);
            }
        }
        return new SimpleBundleProvider(fireInterceptorsAndFilterAsNeeded(found, request).stream()
                .filter(Objects::nonNull)
                .toList());
    }

    /** As the storage answers a search of the server's own: without the gate. */
    List<Resource> found(SearchRequest search) {
        Map<String, String[]> parameters = new HashMap<>();
        search.parameters().forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return getStoredResources().stream()
                .map(Resource.class::cast)
                .filter(record -> matches(record, parameters))
                .toList();
    }

    private static boolean matches(Resource record, Map<String, String[]> parameters) {
        return parameters.entrySet().stream().allMatch(parameter -> List.of(parameter.getValue()).stream()
                .allMatch(occurrence -> SearchRequest.alternatives(occurrence).stream()
                        .anyMatch(value -> matches(record, parameter.getKey(), value))));
    }

    private static boolean matches(Resource record, String parameter, String value) {
        return switch (parameter) {
            case "_id" -> record.getIdElement().getIdPart().equals(value);
            case "patient", "subject", "beneficiary" ->
                owners(record).contains("Patient/" + value.replace("Patient/", ""));
            case "patient:missing" -> record instanceof Device device && !device.hasPatient();
            case "code" ->
                record instanceof Observation observation
                        && tokens(observation.getCode()).contains(value);
            case "category" ->
                record instanceof Observation observation
                        && observation.getCategory().stream()
                                .anyMatch(category -> tokens(category).contains(value));
            case "organization" ->
                record instanceof Device device
                        && value.equals(device.getOwner().getReference());
            case "status" ->
                record instanceof Observation observation
                        && observation.getStatus().toCode().equals(value);
            case "identifier" ->
                record.listChildrenByName("identifier").stream()
                        .map(Identifier.class::cast)
                        .anyMatch(each -> value.equals(each.getSystem() + "|" + each.getValue()));
            case "target" ->
                record instanceof Provenance provenance
                        && provenance.getTarget().stream()
                                .anyMatch(target -> target.getReference().startsWith(value));
            default -> true;
        };
    }

    private static List<String> owners(Resource record) {
        return RecordOwners.ownerReferences(record).stream()
                .map(reference -> String.valueOf(reference.getReference()))
                .toList();
    }

    private static List<String> tokens(CodeableConcept concept) {
        return concept.getCoding().stream()
                .map(coding -> coding.getSystem() + "|" + coding.getCode())
                .toList();
    }
}
