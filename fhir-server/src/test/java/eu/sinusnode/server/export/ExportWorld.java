package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.Consents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** A clinic and an insurer of one test alone, with patients who permit both of them everything unless said otherwise. */
public final class ExportWorld {

    public final String clinic;
    public final String insurer;
    private final String name;
    private final List<String> patients = new ArrayList<>();

    public ExportWorld(String name) {
        this.name = name;
        this.clinic = Records.id(name + "-clinic");
        this.insurer = Records.id(name + "-insurer");
        RunningServer.load(Records.transaction(
                Records.organization(clinic, "Clinic of " + name),
                Records.organization(insurer, "Insurer of " + name)));
    }

    /** The patients in the order of their ids, which is the order of an export. */
    List<String> patients() {
        return patients.stream().sorted().toList();
    }

    public String clinicToken() {
        return RunningServer.TOKENS.clinicSystem(clinic);
    }

    public String insurerToken() {
        return RunningServer.TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", insurer));
    }

    public String token(CallerKind kind, String organization, String scopes) {
        return RunningServer.TOKENS.token(
                kind, claims -> claims.claim("organization", organization).claim("scope", scopes));
    }

    /** With a cuff, a signed and an unsigned heart rate, a body weight, and a diagnosis. */
    public String patient(String who) {
        return patient(who, provision -> {});
    }

    /** @param narrowed what the consent permits the insurer */
    String patient(String who, Consumer<ProvisionComponent> narrowed) {
        String patient = id(who);
        String cuff = id(who + "-cuff");
        Observation signed = Records.heartRate(patient, cuff, who + "-1");
        signed.setId(id(who + "-signed"));
        signed.addPerformer(new Reference("Practitioner/" + Records.PRACTITIONER));
        Observation unsigned = Records.heartRate(patient, cuff, who + "-2");
        unsigned.setId(id(who + "-unsigned"));
        unsigned.setStatus(ObservationStatus.PRELIMINARY);
        CareTeam team = Records.careTeam(id(who + "-team"), patient, clinic);
        Coverage coverage = Consents.coverage(patient, insurer, Consents.period("2020-01-01", null));
        coverage.setId(id(who + "-coverage"));
        Condition diagnosis = new Condition();
        diagnosis.setId(id(who + "-diagnosis"));
        diagnosis.getCode().addCoding(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "I48.0", null));
        // Long enough that an answer is under way before the next patient of a file comes.
        diagnosis.addNote().setText("Palpitations. ".repeat(6_000));
        diagnosis.setSubject(new Reference("Patient/" + patient));
        load(
                Records.patient(patient),
                Records.cuff(cuff, patient),
                team,
                coverage,
                consent(who, narrowed, provision -> {}),
                diagnosis);
        load(signed, unsigned);
        patients.add(patient);
        return patient;
    }

    void delete(String path) {
        Answer answer = RunningServer.send(
                RunningServer.request("/" + path, RunningServer.TOKENS.loader()).DELETE());
        assertThat(answer.status()).as(answer.body()).isIn(200, 204);
    }

    void endCoverage(String who) {
        cover(who, "2020-01-01", "2021-01-01");
    }

    /** The insurer's link to the patient. */
    void cover(String who, String start, @Nullable String end) {
        Coverage coverage = Consents.coverage(id(who), insurer, Consents.period(start, end));
        coverage.setId(id(who + "-coverage"));
        load(coverage);
    }

    public void withdraw(String who) {
        load(consent(who, provision -> {}, provision -> {}).setStatus(ConsentState.INACTIVE));
    }

    void permit(String who, Consumer<ProvisionComponent> narrowed) {
        load(consent(who, narrowed, provision -> {}));
    }

    /** @param narrowed what the consent permits the clinic */
    public void permitClinic(String who, Consumer<ProvisionComponent> narrowed) {
        load(consent(who, provision -> {}, narrowed));
    }

    private Consent consent(String who, Consumer<ProvisionComponent> ofInsurer, Consumer<ProvisionComponent> ofClinic) {
        Consent consent = Consents.denying(id(who));
        consent.setId(id(who + "-consent"));
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + id(who)));
        consent.addOrganization(new Reference("Organization/" + clinic));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        ofClinic.accept(Consents.permit(consent, clinic, Purpose.TREAT));
        ofInsurer.accept(Consents.permit(consent, insurer, Purpose.HPAYMT));
        return consent;
    }

    public String id(String what) {
        return Records.id(name + "-" + what);
    }

    private static void load(Resource... resources) {
        RunningServer.load(Records.transaction(resources));
    }
}
