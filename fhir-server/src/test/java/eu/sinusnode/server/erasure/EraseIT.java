package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.audit.store.SubjectTable;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code $erase} on the real server: nothing of the person is in any table, everything of others is. */
class EraseIT extends RunningServer {

    @Autowired
    private SubjectTable subjects;

    @Test
    void nothingOfThePersonIsInAnyTable() {
        ErasedPerson person = new ErasedPerson("erase-anna").stored();
        ErasedPerson other = new ErasedPerson("erase-berta").stored();
        EveryTable tables = new EveryTable(database);
        List<String> wanted = new ArrayList<>(person.records());
        wanted.add(person.id);
        List<Long> numbers = numbers(person);
        assertThat(tables.with(List.of(person.id)))
                .containsKeys(
                        "public.hfj_resource",
                        "public.hfj_res_ver",
                        "public.hfj_search",
                        "sinusnode.vital_reading",
                        "sinusnode.vital_without_reading",
                        "sinusnode.reading_change",
                        "sinusnode.risk_input",
                        "sinusnode.sent_identifier",
                        "sinusnode.directive",
                        "sinusnode.membership",
                        "sinusnode.deleted_record",
                        "sinusnode.binary_owner",
                        "sinusnode.full_text",
                        "sinusnode.audit_subject");
        assertThat(tables.withNumbers(numbers)).hasSizeGreaterThan(8);
        long ofOther = rowsOf(other);

        Answer answer = person.erase();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, ?> left = tables.with(wanted);
        left.remove("sinusnode.full_text");
        assertThat(left).as("ids of the person and of the records").isEmpty();
        assertThat(tables.with(List.of(person.id))).isEmpty();
        assertThat(tables.withNumbers(numbers)).isEmpty();
        assertThat(tables.largeObjects()).isZero();
        assertThat(rowsOf(other)).as("what is another's stays").isEqualTo(ofOther);
        assertThat(get("/Patient/" + person.id, person.token()).status()).isEqualTo(404);
        assertThat(get("/Patient/" + other.id, other.token()).status()).isEqualTo(200);

        assertThat(tables.with(person.canaries())).isEmpty();
        assertThat(tables.with(other.canaries()))
                .as("the search would find them")
                .containsKeys("public.hfj_res_ver", "public.hfj_spidx_string", "sinusnode.full_text");
    }

    @Test
    void theAuditStaysAndTellsOfNobody() {
        ErasedPerson person = new ErasedPerson("erase-clara").stored();
        Answer before = get("/Patient/" + person.id, clinician());
        assertThat(Audited.by(before)).isNotEmpty();
        long events = events();

        Answer answer = person.erase();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<AuditEvent> erasure = Audited.by(answer);
        assertThat(erasure).singleElement().satisfies(event -> {
            assertThat(event.getOutcomeDesc()).isEqualTo("erasure: consent-withdrawn");
            assertThat(json(event)).doesNotContain(person.id).contains("erased");
        });
        assertThat(Audited.by(before)).singleElement().satisfies(event -> assertThat(json(event))
                .doesNotContain(person.id));
        assertThat(events()).isGreaterThan(events);
        assertThat(subjects.find("Patient/" + person.id)).isEmpty();
        assertThat(subjects.find("RelatedPerson/" + person.id("daughter"))).isEmpty();

        Answer late = get("/Patient/" + person.id, clinician());
        assertThat(late.status()).isEqualTo(404);
        assertThat(Audited.by(late)).isNotEmpty();
        assertThat(new EveryTable(database).with(List.of(person.id)))
                .as("whoever names an erased person afterwards leaves no trace of the id")
                .isEmpty();
    }

    /** Afterwards nobody could find them in the audit (Art. 19 GDPR). */
    @Test
    void whoWasGivenSomethingIsNamedWhileItIsKnown() {
        ErasedPerson person = new ErasedPerson("erase-helga").stored();
        Instant before = Instant.now();
        assertThat(get("/Coverage/" + person.id("coverage"), WalkWorld.token(CallerKind.INSURER))
                        .status())
                .isEqualTo(200);

        Answer answer = person.erase();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, Instant> recipients = recipients(answer);
        assertThat(recipients)
                .as("whose clinician looked, and whose system did; no loader, no analysis, nobody of the person's own")
                .containsOnlyKeys("Organization/" + Records.CLINIC, "Organization/" + Records.INSURER);
        assertThat(recipients.get("Organization/" + Records.INSURER)).isAfterOrEqualTo(before.minusSeconds(1));
        assertThat(recipients.get("Organization/" + Records.CLINIC)).isBefore(before.plusSeconds(1));
        assertThat(recipients(person.erase()))
                .as("nobody can find them any more")
                .isEmpty();
    }

    @Test
    void whoWasRefusedIsNotNamed() {
        ErasedPerson person = new ErasedPerson("erase-ida");
        load(Records.household("erase-ida"));
        assertThat(get("/Patient/" + person.id, WalkWorld.token(CallerKind.INSURER))
                        .status())
                .isEqualTo(404);

        assertThat(recipients(person.erase())).doesNotContainKey("Organization/" + Records.INSURER);
    }

    /** By the Organization, when something was last given to it. */
    private static Map<String, Instant> recipients(Answer answer) {
        Map<String, Instant> recipients = new TreeMap<>();
        ((Parameters) answer.resource())
                .getParameter().stream()
                        .filter(parameter -> parameter.getName().equals("recipient"))
                        .forEach(parameter -> recipients.put(
                                ((Reference) parameter.getPart().get(0).getValue()).getReference(),
                                ((InstantType) parameter.getPart().get(1).getValue())
                                        .getValue()
                                        .toInstant()));
        return recipients;
    }

    @Test
    void askedForAgainItIsDoneAgain() {
        ErasedPerson person = new ErasedPerson("erase-dora").stored();
        assertThat(person.erase().status()).isEqualTo(200);
        Answer again = person.erase();
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(((Parameters) again.resource())
                        .getParameter("records")
                        .getValue()
                        .primitiveValue())
                .isEqualTo("0");
    }

    @Test
    void aMergedPersonGoesWholeAndOthersForgetTheLink() {
        load(Records.household("erase-emma"));
        load(Records.household("erase-emma-too"));
        String emma = Records.id("erase-emma");
        String too = Records.id("erase-emma-too");
        Parameters merge = new Parameters()
                .addParameter("source-patient", new Reference("Patient/" + emma))
                .addParameter("target-patient", new Reference("Patient/" + too));
        assertThat(post("/Patient/$merge", TOKENS.loader(), merge).status()).isEqualTo(200);
        String sister = Records.id("erase-sister");
        Patient linked = Records.patient(sister);
        linked.addLink().setType(LinkType.SEEALSO).setOther(new Reference("Patient/" + too).setDisplay("Emma"));
        load(Records.transaction(linked));
        load(Records.transaction(changed(linked)));

        Parameters asked = new Parameters()
                .addParameter("patient", new Reference("Patient/" + too))
                .addParameter("reason", new CodeType("objection"));
        Answer answer = post("/Patient/" + too + "/$erase", TOKENS.loader(), asked);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(new EveryTable(database).with(List.of(emma, too))).isEmpty();
        for (String version : List.of("", "/_history/1", "/_history/2")) {
            Answer left = get("/Patient/" + sister + version, TOKENS.patient(sister));
            assertThat(left.status()).as(version).isEqualTo(200);
            assertThat(((Patient) left.resource()).getLink()).isEmpty();
            assertThat(((Patient) left.resource()).getNameFirstRep().getFamily())
                    .isEqualTo("Brandt");
        }
        assertThat(put("/Patient/" + sister, TOKENS.loader(), Records.patient(sister))
                        .status())
                .as("the Patient who stays can be written")
                .isEqualTo(200);
    }

    private static Patient changed(Patient patient) {
        Patient changed = patient.copy();
        changed.getAddressFirstRep().setCity("Halle");
        return changed;
    }

    @Test
    void aLegalHoldKeepsTheRecordUntilItEnds() {
        ErasedPerson person = new ErasedPerson("erase-frieda");
        load(Records.household("erase-frieda"));
        assertThat(hold(person, hold(person).addParameter("until", new DateType("2199-01-01")))
                        .status())
                .isEqualTo(200);

        Answer refused = person.erase();

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.codes()).containsExactly("SN-ERASURE-002");
        Audited.refusal(refused, "SN-ERASURE-002");
        assertThat(get("/Patient/" + person.id, person.token()).status()).isEqualTo(200);
        Parameters lifted = new Parameters()
                .addParameter("patient", new Reference("Patient/" + person.id))
                .addParameter("lifted", true);
        Answer lift = hold(person, lifted);
        assertThat(lift.status()).as(lift.body()).isEqualTo(200);
        assertThat(Audited.by(lift)).singleElement().satisfies(event -> assertThat(event.getOutcomeDesc())
                .isEqualTo("legal hold lifted"));
        assertThat(person.erase().status()).isEqualTo(200);
    }

    @Test
    void whatIsNotAskedForUnambiguouslyIsRefused() {
        load(Records.household("erase-gerda"));
        String gerda = Records.id("erase-gerda");
        CodeType reason = new CodeType("objection");
        Reference self = new Reference("Patient/" + gerda);
        for (Parameters wrong : List.of(
                new Parameters().addParameter("reason", reason),
                new Parameters().addParameter("patient", self),
                new Parameters().addParameter("patient", self).addParameter("reason", new CodeType("because")),
                new Parameters()
                        .addParameter("patient", new Reference("Patient/" + Records.id("erase-nobody")))
                        .addParameter("reason", reason),
                new Parameters()
                        .addParameter("patient", self)
                        .addParameter("reason", reason)
                        .addParameter("all", true))) {
            Answer answer = post("/Patient/" + gerda + "/$erase", TOKENS.loader(), wrong);
            assertThat(answer.status()).as(json(wrong)).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-ERASURE-001");
        }
        assertThat(new ErasedPerson("erase-nobody").erase().status()).isEqualTo(404);
        ErasedPerson known = new ErasedPerson("erase-gerda");
        for (String token :
                List.of(known.token(), clinician(), TOKENS.auditor(), WalkWorld.token(CallerKind.INSURER))) {
            assertThat(post("/Patient/" + gerda + "/$erase", token, known.parameters())
                            .codes())
                    .containsExactly("SN-OPERATION-001");
        }
        String unscoped = TOKENS.token(CallerKind.ADMINISTRATOR, claims -> claims.claim("organization", Records.CENTRE)
                .claim("scope", "system/Patient.cu"));
        assertThat(post("/Patient/" + gerda + "/$erase", unscoped, known.parameters())
                        .codes())
                .containsExactly("SN-SCOPE-001");
        assertThat(get("/Patient/" + gerda, known.token()).status()).isEqualTo(200);
    }

    private static Parameters hold(ErasedPerson person) {
        return new Parameters()
                .addParameter("patient", new Reference("Patient/" + person.id))
                .addParameter("ground", new CodeType("retention-duty"));
    }

    private static Answer hold(ErasedPerson person, Parameters asked) {
        return post("/Patient/" + person.id + "/$legal-hold", TOKENS.loader(), asked);
    }

    private static String clinician() {
        return TOKENS.clinician(Records.CLINIC);
    }

    private List<Long> numbers(ErasedPerson person) {
        List<String> ids = new ArrayList<>(person.records());
        ids.addAll(List.of(
                person.id,
                person.id("binary"),
                person.id("deleted"),
                person.id("deleted-binary"),
                person.id("deleted-provenance")));
        return database.query(
                connection -> {
                    var select = connection.prepareStatement(
                            "SELECT res_id FROM public.hfj_resource WHERE fhir_id = ANY (?)");
                    select.setArray(1, connection.createArrayOf("text", ids.toArray()));
                    return select;
                },
                (row, number) -> row.getLong(1));
    }

    private long rowsOf(ErasedPerson person) {
        Long rows = database.queryForObject(
                "SELECT count(*) FROM public.hfj_res_link l JOIN public.hfj_resource p"
                        + " ON p.res_id = l.target_resource_id WHERE p.fhir_id = ?",
                Long.class,
                person.id);
        return rows == null ? 0 : rows;
    }

    private long events() {
        Long events = database.queryForObject("SELECT count(*) FROM sinusnode.audit_event", Long.class);
        return events == null ? 0 : events;
    }
}
