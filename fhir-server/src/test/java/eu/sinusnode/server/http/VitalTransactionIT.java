package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.PlainSummary;
import eu.sinusnode.profiles.PlainVital;
import eu.sinusnode.server.features.Covers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** New vital signs go past HAPI's storage, and nobody can tell from what is stored, answered or recorded. */
class VitalTransactionIT extends RunningServer {

    @Autowired
    private IInterceptorService storage;

    @Autowired
    private MeterRegistry meters;

    /** As soon as somebody listens to HAPI's steps, HAPI does them. */
    @Interceptor
    public static final class Listener {
        private int heard;

        @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
        public void transaction() {
            heard++;
        }
    }

    @Test
    @Covers("http.html#transaction")
    void everyRowAndAnswerIsTheOneOfTheStorage() {
        Ward.open("copy-anna");
        load(Records.transaction(encounter("copy-anna")));
        Bundle bundle = Records.transaction(Variety.of("copy-anna").toArray(Observation[]::new));

        assertThat(Variety.of("copy-anna")).allMatch(PlainVital::isPlain);
        compareWithTheStorage(TOKENS.clinicSystem(Records.CLINIC), bundle);
    }

    @Test
    void aSummaryOfTheAnalysisHasTheSameRowsToo() {
        String anna = Ward.open("copy-sum-anna");
        String bert = Ward.open("copy-sum-bert");
        load(Records.transaction(Summaries.job()));
        Observation worded = Summaries.of(bert);
        worded.getMethod().setText("Berechnung \\ \"früh\" 1.0.0");
        worded.getComponentFirstRep().getDataAbsentReason().setText("Kein Wert, der jünger als 7 Tage wäre.");
        worded.getSubject().setDisplay("B");
        worded.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-03-29T00:59:59.5+01:00"))
                .setEndElement(new DateTimeType("2026-03-29T03:00:00+02:00")));

        assertThat(List.of(Summaries.of(anna), worded)).allMatch(PlainSummary::isPlain);
        compareWithTheStorage(TOKENS.job(), Records.transaction(Summaries.of(anna), worded));

        Answer found = get(
                "/Observation?patient=" + anna + "&code=" + Codes.NOT_COMPUTABLE_SUMMARY + "&date=gt2026-11-01",
                TOKENS.clinician(Records.CLINIC));
        assertThat(found.bundle().getEntry()).hasSize(2);
    }

    @Test
    void aSummaryOfSomebodyWhoPermitsNothingIsRefusedAndNothingIsStored() {
        String open = Ward.open("copy-sum-open");
        String hidden = Ward.hidden("copy-sum-hidden");
        load(Records.transaction(Summaries.job()));
        long stored = stored("Observation");

        Answer answer = post("", TOKENS.job(), Records.transaction(Summaries.of(open), Summaries.of(hidden)));
        Answer unknown = post(
                "", TOKENS.job(), Records.transaction(Summaries.of(open), Summaries.of(Records.id("copy-sum-nobody"))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("SN-REFERENCE-001");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body()).contains("SN-REFERENCE-001");
        assertThat(stored("Observation")).isEqualTo(stored);
    }

    private void compareWithTheStorage(String token, Bundle bundle) {
        double before = copied();
        Answer own = post("", token, bundle);
        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(copied() - before).isEqualTo(bundle.getEntry().size());
        List<String> ids = ids(own);
        List<List<String>> rows = ids.stream().map(new StoredRows(database)::of).toList();
        ids.forEach(id -> database.update("DELETE FROM sinusnode.sent_identifier WHERE record = ?::uuid", id));
        database.update("DELETE FROM sinusnode.open_flag");

        Answer hapi = throughTheStorage(token, bundle);
        assertThat(hapi.status()).as(hapi.body()).isEqualTo(200);
        assertThat(copied() - before).isEqualTo(bundle.getEntry().size());
        List<List<String>> expected =
                ids(hapi).stream().map(new StoredRows(database)::of).toList();

        assertThat(expected).allSatisfy(each -> assertThat(each).hasSizeGreaterThan(8));
        assertThat(rows).containsExactlyElementsOf(expected);
        assertThat(shown(own)).isEqualTo(shown(hapi));
        assertThat(recorded(own)).isNotEmpty().isEqualTo(recorded(hapi));
    }

    @Test
    void whatIsStoredIsReadFoundChangedAndDeletedLikeAnythingElse() {
        String patient = Ward.open("copy-bert");
        String clinician = TOKENS.clinician(Records.CLINIC);
        Observation sent = Variety.pressure("copy-bert", 131, 84);
        Answer answer = post("", TOKENS.clinicSystem(Records.CLINIC), Records.transaction(sent));
        String path = "/Observation/" + ids(answer).get(0);

        Observation read = (Observation) get(path, clinician).resource();
        assertThat(read.getMeta().getVersionId()).isEqualTo("1");
        assertThat(read.getMeta().getLastUpdated())
                .isEqualTo(answer.bundle().getEntryFirstRep().getResponse().getLastModified());
        assertThat(bare(read).equalsDeep(bare(sent))).isTrue();
        for (String condition : List.of(
                "code=85354-9",
                "combo-code=http://loinc.org|8480-6",
                "category=vital-signs",
                "status=final",
                "date=" + sent.getEffectiveDateTimeType().getValueAsString(),
                "component-code-value-quantity=http://loinc.org|8480-6$131",
                "identifier=" + Canonicals.VITAL_IDENTIFIER + "|copy-bert-pressure")) {
            Answer found = get(
                    "/Observation?patient=" + patient + "&"
                            + condition.replace("|", "%7C").replace("+", "%2B"),
                    clinician);
            assertThat(found.status()).as(condition + " " + found.body()).isEqualTo(200);
            assertThat(found.bundle().getEntry())
                    .as(condition)
                    .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                    .contains(ids(answer).get(0));
        }

        read.setStatus(ObservationStatus.ENTEREDINERROR);
        assertThat(put(path, clinician, read).status()).isEqualTo(200);
        assertThat(get(path + "/_history", clinician).bundle().getEntry()).hasSize(2);
        assertThat(get("/Observation?status=final&code=85354-9&patient=" + patient, clinician)
                        .bundle()
                        .getEntry())
                .isEmpty();
        assertThat(Ward.delete(path, TOKENS.loader()).status()).isBetween(200, 204);
        assertThat(get(path, clinician).status()).isEqualTo(410);
    }

    @Test
    @Covers("http.html#return")
    void whoPrefersTheRecordsIsGivenThem() {
        Ward.open("copy-carl");
        Answer answer = send(request("", TOKENS.clinicSystem(Records.CLINIC))
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(json(Records.transaction(Variety.pressure("copy-carl", 127, 80))))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        BundleEntryComponent entry = answer.bundle().getEntryFirstRep();
        assertThat(entry.getResource()).isInstanceOf(Observation.class);
        assertThat(new IdType(entry.getResponse().getLocation()).getIdPart())
                .isEqualTo(entry.getResource().getIdElement().getIdPart());
    }

    @Test
    void oneUnknownRecordAndNothingIsStored() {
        Ward.open("copy-dora");
        long stored = stored("Observation");
        Observation lost = Variety.pressure("copy-dora", 131, 84);
        lost.setEncounter(new Reference("Encounter/" + Records.id("copy-nowhere")));
        lost.getIdentifierFirstRep().setValue("copy-dora-lost");

        Answer answer = post(
                "",
                TOKENS.clinicSystem(Records.CLINIC),
                Records.transaction(Variety.pressure("copy-dora", 127, 80), lost));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(stored("Observation")).isEqualTo(stored);
    }

    @Test
    void whatIsUnusualIsLeftToTheStorage() {
        Ward.open("copy-emil");
        Observation unusual = Variety.pressure("copy-emil", 131, 84);
        unusual.addNote().setText("standing");
        double before = copied();

        Answer answer = post(
                "",
                TOKENS.clinicSystem(Records.CLINIC),
                Records.transaction(
                        Records.heartRate(Records.id("copy-emil"), Records.id("copy-emil-cuff"), "e-1"), unusual));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(copied()).isEqualTo(before);
    }

    private double copied() {
        return meters.counter("sinusnode.vitals.copied").count();
    }

    private Answer throughTheStorage(String token, Bundle bundle) {
        Listener listener = new Listener();
        storage.registerInterceptor(listener);
        try {
            return post("", token, bundle);
        } finally {
            storage.unregisterInterceptor(listener);
            assertThat(listener.heard).isEqualTo(1);
        }
    }

    private static List<String> ids(Answer answer) {
        return answer.bundle().getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation()).getIdPart())
                .toList();
    }

    private static String shown(Answer answer) {
        Bundle bundle = answer.bundle();
        bundle.setLink(null).setId((String) null).setMeta(null);
        bundle.getEntry().forEach(entry -> {
            assertThat(entry.getResponse().getLocation()).matches("Observation/[0-9a-f-]{36}/_history/1");
            assertThat(entry.getResponse().getLastModified()).isNotNull();
            entry.getResponse().setLocation(null).setLastModified(null);
        });
        return json(bundle);
    }

    private static List<String> recorded(Answer answer) {
        return Audited.by(answer).stream()
                .map(event -> event.getAction() + " " + event.getOutcome() + " "
                        + event.getSubtypeFirstRep().getCode() + " "
                        + event.getEntity().stream()
                                .map(entity -> entity.getRole().getCode() + " "
                                        + entity.getWhat().getReferenceElement().getResourceType())
                                .sorted()
                                .toList())
                .sorted()
                .toList();
    }

    private static Observation bare(Observation vital) {
        Observation bare = vital.copy();
        bare.setId((String) null).setMeta(null);
        return bare;
    }

    static Encounter encounter(String name) {
        Encounter encounter = new Encounter();
        encounter.setId(Records.id(name + "-encounter"));
        encounter.setStatus(EncounterStatus.INPROGRESS);
        encounter
                .getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        encounter.getPeriod().setStartElement(new DateTimeType("2026-03-01"));
        encounter.setSubject(new Reference("Patient/" + Records.id(name)));
        return encounter;
    }
}
