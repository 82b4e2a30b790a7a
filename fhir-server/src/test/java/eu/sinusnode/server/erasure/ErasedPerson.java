package eu.sinusnode.server.erasure;

import static eu.sinusnode.server.http.RunningServer.load;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkRecords;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.projection.Consents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/** Somebody with a record of every type, earlier versions, deleted records, and words that stand nowhere else. */
final class ErasedPerson {

    private static final String NUMBER = "Q731884205";

    final String name;
    final String id;

    ErasedPerson(String name) {
        this.name = name;
        this.id = Records.id(name);
    }

    /** Words that stand nowhere else; each of them is somewhere in the record. */
    List<String> canaries() {
        return Stream.of("Zaunkoenigin", "Siebenschlaefer", "Nachtigall", "Rotkehlchen", "Eisvogel", "Mauersegler")
                .map(this::canary)
                .toList();
    }

    private String canary(String bird) {
        StringBuilder word = new StringBuilder(bird);
        id.chars()
                .filter(letter -> letter != '-')
                .limit(8)
                .forEach(letter -> word.append((char) (letter <= '9' ? letter - '0' + 'k' : letter)));
        return word.toString();
    }

    String id(String part) {
        return Records.id(name + "-" + part);
    }

    /** Stores it all, and lets others read it, search it and write to it. */
    ErasedPerson stored() {
        load(Records.transaction(
                patient(),
                Records.cuff(id("cuff"), id),
                Records.careTeam(id("team"), id, Records.CLINIC),
                coverage(),
                daughter(),
                WalkWorld.consent(id("consent"), id)));
        load(Records.transaction(vital("hr"), withoutValue()));
        WalkRecords.of(id, RunningServer.BASE).values().forEach(record -> load(Records.transaction(record)));
        load(Records.transaction(diagnosis(canary("Eisvogel")), letter(), binary(), provenance("provenance", "hr")));
        load(Records.transaction(diagnosis(canary("Siebenschlaefer"))));
        deleted();
        used();
        return this;
    }

    private Patient patient() {
        Patient patient = Records.patient(id);
        patient.getNameFirstRep().setFamily(canary("Zaunkoenigin"));
        patient.getIdentifierFirstRep().setValue(NUMBER);
        return patient;
    }

    private Coverage coverage() {
        Coverage coverage = Consents.coverage(id, Records.INSURER, Consents.period("2020-01-01", null));
        coverage.setId(id("coverage"));
        return coverage;
    }

    private RelatedPerson daughter() {
        RelatedPerson daughter = new RelatedPerson();
        daughter.setId(id("daughter"));
        daughter.setActive(true).setPatient(new Reference("Patient/" + id));
        daughter.getPeriod().setStartElement(new DateTimeType("2020-01-01"));
        daughter.addRelationship()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "DAUC", null));
        daughter.addName().setFamily(canary("Zaunkoenigin")).addGiven("Jana");
        return daughter;
    }

    private Observation vital(String part) {
        Observation vital = Records.heartRate(id, id("cuff"), name + "-" + part);
        vital.setId(id(part));
        return vital;
    }

    private Observation withoutValue() {
        return vital("unread")
                .setValue(null)
                .setDataAbsentReason(new CodeableConcept(
                        new Coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null)));
    }

    private Condition diagnosis(String note) {
        Condition diagnosis = new Condition();
        diagnosis.setId(id("diagnosis"));
        diagnosis.getCode().addCoding(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "I48.0", null));
        diagnosis.addNote().setText(note);
        diagnosis.setSubject(new Reference("Patient/" + id));
        diagnosis
                .getText()
                .setStatus(Narrative.NarrativeStatus.GENERATED)
                .setDivAsString("<div>" + canary("Nachtigall") + "</div>");
        return diagnosis;
    }

    private DocumentReference letter() {
        DocumentReference letter = new DocumentReference();
        letter.setId(id("letter"));
        letter.setStatus(DocumentReferenceStatus.CURRENT).setSubject(new Reference("Patient/" + id));
        letter.addContent()
                .getAttachment()
                .setContentType("text/csv")
                .setTitle(canary("Rotkehlchen"))
                .setUrl("Binary/" + id("binary"));
        return letter;
    }

    private Binary binary() {
        Binary binary = new Binary();
        binary.setId(id("binary"));
        binary.setContentType("text/csv").setData(canary("Rotkehlchen").getBytes(StandardCharsets.UTF_8));
        binary.setSecurityContext(new Reference("Patient/" + id));
        return binary;
    }

    private Provenance provenance(String part, String vital) {
        Provenance provenance = new Provenance();
        provenance.setId(id(part));
        provenance.addTarget(new Reference("Observation/" + id(vital)));
        provenance.setRecordedElement(new InstantType("2026-05-04T12:00:00+02:00"));
        provenance.addAgent().setWho(new Reference("Device/" + id("cuff")));
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .getWhat()
                .getIdentifier()
                .setValue(name + "-manifest");
        return provenance;
    }

    /** A diagnosis, a Binary, a vital sign and a Provenance that were there once. */
    private void deleted() {
        Condition diagnosis = diagnosis(canary("Mauersegler"));
        diagnosis.setId(id("deleted"));
        Binary binary = binary();
        binary.setId(id("deleted-binary"));
        load(Records.transaction(diagnosis, binary, vital("deleted-hr"), provenance("deleted-provenance", "hr")));
        for (String path : List.of(
                "/Provenance/" + id("deleted-provenance"),
                "/Condition/" + id("deleted"),
                "/Observation/" + id("deleted-hr"),
                "/Binary/" + id("deleted-binary"))) {
            Answer answer = RunningServer.send(
                    RunningServer.request(path, RunningServer.TOKENS.loader()).DELETE());
            assertThat(answer.status()).as(path).isIn(200, 204);
        }
    }

    private void used() {
        String clinician = RunningServer.TOKENS.clinician(Records.CLINIC);
        for (String path : List.of(
                "/Patient/" + id,
                "/Observation?patient=" + id,
                "/Condition?patient=" + id + "&_count=1",
                "/Patient/" + id + "/$everything?_count=5",
                "/Condition?patient=" + id + "&_content=" + canary("Siebenschlaefer"),
                "/Encounter/" + WalkRecords.id(id, "Encounter"))) {
            Answer answer = RunningServer.get(path, clinician);
            assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
        }
        assertThat(RunningServer.get("/Patient/" + id, token()).status()).isEqualTo(200);
        assertThat(RunningServer.get("/Patient/" + id, representative()).status())
                .isEqualTo(200);
    }

    String token() {
        return RunningServer.TOKENS.patient(id);
    }

    String representative() {
        return RunningServer.TOKENS.token(CallerKind.REPRESENTATIVE, claims -> claims.claim("patient", id)
                .claim("fhirUser", "RelatedPerson/" + id("daughter")));
    }

    Parameters parameters() {
        return new Parameters()
                .addParameter("patient", new Reference("Patient/" + id))
                .addParameter("reason", new CodeType("consent-withdrawn"));
    }

    Answer erase() {
        return RunningServer.post("/Patient/" + id + "/$erase", RunningServer.TOKENS.loader(), parameters());
    }

    /** Ids of the records that are this person's alone. */
    List<String> records() {
        Stream<String> ofWalk = WalkRecords.of(id, RunningServer.BASE).values().stream()
                .filter(record -> !DIRECTORY.contains(record.fhirType()))
                .map(Resource::getIdPart);
        return Stream.concat(
                        ofWalk,
                        Stream.of(
                                        "cuff",
                                        "team",
                                        "coverage",
                                        "daughter",
                                        "consent",
                                        "hr",
                                        "unread",
                                        "diagnosis",
                                        "letter")
                                .map(this::id))
                .toList();
    }

    private static final List<String> DIRECTORY = List.of(
            "Location",
            "HealthcareService",
            "PractitionerRole",
            "Schedule",
            "Slot",
            "Medication",
            "MeasureReport",
            "Questionnaire",
            "PlanDefinition",
            "ActivityDefinition");
}
