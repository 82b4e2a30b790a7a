package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A granular scope (SMART App Launch 2.2, "Finer-grained resource constraints using search parameters") holds on every
 * interaction: what lies outside of its filter is not there, and nothing is put outside of it. Each attack on the record
 * outside stands beside the same on the record inside.
 */
class FilteredScopesIT extends RunningServer {

    private static final String CATEGORY = "http://snomed.info/sct";
    private static final String CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";
    private static final String INSIDE = "108252007";
    private static final String OUTSIDE = "363679005";
    private static final AtomicInteger PATIENTS = new AtomicInteger();

    /** Everything with requests of one category, and nothing with others. */
    private final String limited =
            token("user/Patient.rs user/ServiceRequest.cruds?category=" + CATEGORY + "|" + INSIDE);

    private final String all = token("user/Patient.rs user/ServiceRequest.cruds");

    private String patient;
    private String inside;
    private String outside;

    @BeforeEach
    void twoRequests() {
        String name = "filtered-" + PATIENTS.incrementAndGet();
        patient = Ward.open(name);
        inside = Records.id(name + "-inside");
        outside = Records.id(name + "-outside");
        load(Records.transaction(ordered(inside, INSIDE), ordered(outside, OUTSIDE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceRequest/%s", "/ServiceRequest/%s/_history", "/ServiceRequest/%s/_history/1"})
    void readsAndVersions(String path) {
        assertThat(get(path.formatted(inside), limited).status()).isEqualTo(200);
        assertThat(get(path.formatted(outside), all).status()).isEqualTo(200);
        assertThat(get(path.formatted(outside), limited).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ServiceRequest?patient=%1$s",
                "/ServiceRequest?patient=%1$s&_sort=-_lastUpdated",
                "/ServiceRequest?_id=%2$s,%3$s",
                "/ServiceRequest?category:not=" + OUTSIDE + "&patient=%1$s",
                "/ServiceRequest?category=" + OUTSIDE + "," + INSIDE + "&patient=%1$s",
                "/ServiceRequest/_history?_count=200",
                "/Patient?_id=%1$s&_revinclude=ServiceRequest:patient"
            })
    void whatIsFound(String search) {
        Answer found = get(search.formatted(patient, inside, outside), limited);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.body()).contains(inside).doesNotContain("ServiceRequest/" + outside);
        assertThat(get(search.formatted(patient, inside, outside), all).body()).contains(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ServiceRequest?patient=%s&category=" + OUTSIDE,
                "/Patient?_id=%s&_has:ServiceRequest:patient:category=" + OUTSIDE,
            })
    void whatIsNotFound(String search) {
        Answer found = get(search.formatted(patient), limited);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.bundle().getEntry()).isEmpty();
        assertThat(get(search.formatted(patient), all).bundle().getEntry()).isNotEmpty();
    }

    @Test
    void words() {
        Condition problem = condition("problem-list-item", "Rutabaga allergy of old");
        Condition encounter = condition("encounter-diagnosis", "Rutabaga allergy today");
        load(Records.transaction(problem, encounter));
        String problems = token("user/Condition.rs?category=" + CONDITION_CATEGORY + "|problem-list-item");

        Answer found = get("/Condition?patient=" + patient + "&_content=rutabaga", problems);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.body()).contains("of old").doesNotContain("today");
    }

    private Condition condition(String category, String text) {
        Condition condition = new Condition().setSubject(new Reference("Patient/" + patient));
        condition.setId(Records.id(patient + category));
        condition
                .getClinicalStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
                .setCode("active");
        condition
                .getVerificationStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/condition-ver-status")
                .setCode("confirmed");
        condition.addCategory().addCoding().setSystem(CONDITION_CATEGORY).setCode(category);
        condition.getCode().setText(text);
        return condition;
    }

    @Test
    void updates() {
        assertThat(Ward.put("/ServiceRequest/" + inside, limited, described(inside, INSIDE, "More fish"))
                        .status())
                .isEqualTo(200);
        assertRefused(Ward.put("/ServiceRequest/" + outside, limited, described(outside, OUTSIDE, "More fish")));
        assertRefused(Ward.put("/ServiceRequest/" + outside, limited, described(outside, INSIDE, "Pulled in")));
        assertRefused(Ward.put("/ServiceRequest/" + inside, limited, described(inside, OUTSIDE, "Pushed out")));
        assertUntouched();
    }

    @Test
    void patches() {
        String words = "[{\"op\":\"replace\",\"path\":\"/code/text\",\"value\":\"Patched\"}]";
        String out = "[{\"op\":\"replace\",\"path\":\"/category/0/coding/0/code\",\"value\":\"" + OUTSIDE + "\"}]";
        String in = "[{\"op\":\"replace\",\"path\":\"/category/0/coding/0/code\",\"value\":\"" + INSIDE + "\"}]";
        assertThat(Ward.jsonPatch("/ServiceRequest/" + inside, limited, words).status())
                .isEqualTo(200);
        assertRefused(Ward.jsonPatch("/ServiceRequest/" + inside, limited, out));
        assertRefused(Ward.jsonPatch("/ServiceRequest/" + outside, limited, words));
        assertRefused(Ward.jsonPatch("/ServiceRequest/" + outside, limited, in));
        assertUntouched();
    }

    @Test
    void conditionalChanges() {
        String condition = "/ServiceRequest?patient=" + patient + "&category=" + CATEGORY + "%7C" + OUTSIDE;
        String words = "[{\"op\":\"replace\",\"path\":\"/code/text\",\"value\":\"Patched\"}]";
        assertThat(Ward.jsonPatch(condition, limited, words).status()).isEqualTo(404);
        assertRefused(Ward.put(condition, limited, described(null, OUTSIDE, "By condition")));
        assertThat(Ward.delete(condition, limited).status()).isNotEqualTo(410);
        assertUntouched();
        assertThat(Ward.jsonPatch(condition.replace(OUTSIDE, INSIDE), limited, words)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void creates() {
        assertThat(post("/ServiceRequest", limited, described(null, INSIDE, "Eat slowly"))
                        .status())
                .isEqualTo(201);
        assertRefused(post("/ServiceRequest", limited, described(null, OUTSIDE, "Install handrails")));
        assertRefused(send(request("/ServiceRequest", limited)
                .header("Content-Type", "application/fhir+json")
                .header("If-None-Exist", "patient=" + patient + "&category=" + CATEGORY + "%7C" + OUTSIDE)
                .POST(BodyPublishers.ofString(json(described(null, OUTSIDE, "Unless there"))))));
    }

    @Test
    void deletions() {
        assertRefused(Ward.delete("/ServiceRequest/" + outside, limited));
        assertUntouched();
    }

    @Test
    void entriesOfBatchesAndTransactions() {
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("ServiceRequest/" + inside);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("ServiceRequest/" + outside);
        batch.addEntry()
                .setResource(described(outside, OUTSIDE, "In a batch"))
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("ServiceRequest/" + outside);

        Bundle answers = post("", limited, batch).bundle();

        assertThat(answers.getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .satisfiesExactly(
                        read -> assertThat(read).isEqualTo("200"),
                        hidden -> assertThat(hidden).isEqualTo("404"),
                        written -> assertThat(written).isIn("403", "404"));
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        transaction
                .addEntry()
                .setResource(described(outside, OUTSIDE, "In a transaction"))
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("ServiceRequest/" + outside);
        assertRefused(post("", limited, transaction));
        assertUntouched();
    }

    @Test
    void checksWithoutWriting() {
        Answer hidden =
                post("/ServiceRequest/" + outside + "/$validate", limited, described(outside, OUTSIDE, "To check"));
        Answer unknown = post(
                "/ServiceRequest/" + Records.id("filtered-nobody") + "/$validate",
                limited,
                described(Records.id("filtered-nobody"), OUTSIDE, "To check"));

        assertThat(hidden.status()).isEqualTo(unknown.status());
        assertThat(hidden.body().replace(outside, "ID"))
                .isEqualTo(unknown.body().replace(Records.id("filtered-nobody"), "ID"));
    }

    private void assertUntouched() {
        ServiceRequest stored =
                (ServiceRequest) get("/ServiceRequest/" + outside, all).resource();
        assertThat(stored.getCode().getText()).isEqualTo("Stay");
        assertThat(stored.getMeta().getVersionId()).isEqualTo("1");
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(403, 404);
        assertThat(answer.codes()).isNotEmpty();
    }

    private ServiceRequest ordered(String id, String category) {
        return described(id, category, "Stay");
    }

    private ServiceRequest described(@Nullable String id, String category, String text) {
        ServiceRequest request = new ServiceRequest();
        request.setId(id);
        request.setStatus(ServiceRequestStatus.ACTIVE)
                .setIntent(ServiceRequestIntent.ORDER)
                .setSubject(new Reference("Patient/" + patient));
        request.addIdentifier().setSystem("https://clinic.example/orders").setValue(patient + category);
        request.addCategory().addCoding().setSystem(CATEGORY).setCode(category);
        request.getCode().setText(text);
        return request;
    }

    private static String token(String scopes) {
        return TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", scopes));
    }
}
