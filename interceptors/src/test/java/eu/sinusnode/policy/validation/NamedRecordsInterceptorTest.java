package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nobody learns by naming it whether a record is there. Bernd permits his clinic heart rates alone, so it may write for him
 * and may not know of his weights.
 */
class NamedRecordsInterceptorTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private static final String HIDDEN = "weight-bernd";
    private static final String UNKNOWN = "weight-nobody";

    private final Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.BERND), "hr-bernd"));
        server.given(Records.withId(Records.bodyWeight(World.BERND), HIDDEN));
        server.given(Records.withId(Records.cuff(World.BERND), "cuff-bernd"));
        Encounter encounter = new Encounter();
        encounter.setSubject(new Reference("Patient/" + World.BERND));
        server.given(Records.withId(encounter, "visit-bernd"));
        server.given(Records.withId(Records.bodyWeight(World.ANNA), "weight-anna"));
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
    }

    @Test
    void aHiddenRecordIsAnsweredLikeAnUnknownOneWhereverItIsNamed() {
        List<Function<String, Observation>> forms = List.of(
                id -> heartRate().addDerivedFrom(new Reference("Observation/" + id)),
                id -> heartRate().addDerivedFrom(new Reference("Observation/" + id + "/_history/1")),
                id -> heartRate().addDerivedFrom(new Reference(World.SERVER_BASE + "/Observation/" + id)),
                id -> heartRate().addHasMember(new Reference("Observation/" + id)),
                id -> heartRate().addDerivedFrom(new Reference("Observation?_id=" + id)),
                id -> {
                    Observation vital = heartRate();
                    vital.addExtension("https://x.example/of", new Reference("Observation/" + id));
                    return vital;
                },
                id -> {
                    Device inside = Records.withId(Records.algorithm(), "inside");
                    inside.addExtension("https://x.example/of", new Reference("Observation/" + id));
                    Observation vital = heartRate();
                    vital.addContained(inside);
                    vital.setDevice(new Reference("#inside"));
                    return vital;
                });
        for (Function<String, Observation> form : forms) {
            for (Map<String, Object> caller : List.of(clinic, clinician)) {
                assertAlike(
                        server.post(caller, "Observation", form.apply(HIDDEN)),
                        server.post(caller, "Observation", form.apply(UNKNOWN)));
                assertAlike(
                        server.post(caller, "", transaction(form.apply(HIDDEN))),
                        server.post(caller, "", transaction(form.apply(UNKNOWN))));
            }
        }
        Observation visited = heartRate().setEncounter(new Reference("Encounter/visit-bernd"));
        assertThat(server.post(clinic, "Observation", visited).code()).isEqualTo("SN-REFERENCE-001");
    }

    @Test
    void theAuditSaysWhy() {
        server.audited.clear();
        server.post(clinic, "Observation", heartRate().addDerivedFrom(new Reference("Observation/" + HIDDEN)));
        assertThat(server.audited)
                .extracting(event -> event.getOutcomeDesc().split(":")[0])
                .containsExactlyInAnyOrder("SN-CONSENT-001", "SN-REFERENCE-001");
    }

    @Test
    void whatMayBeReadMayBeNamedAndSoMayDevices() {
        Observation vital = heartRate().addDerivedFrom(new Reference("Observation/hr-bernd"));
        vital.setDevice(new Reference("Device/cuff-bernd"));
        assertThat(server.post(clinic, "Observation", vital).status()).isEqualTo(201);
        Observation ofAnna = Records.heartRate(World.ANNA).addDerivedFrom(new Reference("Observation/weight-anna"));
        assertThat(server.post(clinic, "Observation", ofAnna).status()).isEqualTo(201);
    }

    /** A permit limits what may be used, not what may be brought. */
    @Test
    void whatComesAlongIsKnownToItsSender() {
        Bundle bundle = transaction(Records.bodyWeight(World.BERND));
        String weight = "urn:uuid:4b7b8a3e-0000-4000-8000-000000000001";
        bundle.getEntryFirstRep().setFullUrl(weight);
        add(bundle, heartRate().addDerivedFrom(new Reference(weight)));
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anUpdateKeepsWhatTheRecordNamedAndNamesNothingNewThatIsHidden() {
        Observation stored = Records.withId(heartRate(), "derived-bernd");
        stored.addDerivedFrom(new Reference("Observation/" + HIDDEN));
        server.given(stored);
        server.given(Records.withId(Records.bodyWeight(World.BERND), "weight-bernd-2"));

        Observation kept = stored.copy();
        kept.addNote().setText("Seen.");
        assertThat(server.put(clinician, "Observation/derived-bernd", kept).status())
                .isEqualTo(200);
        Observation more = kept.copy().addDerivedFrom(new Reference("Observation/weight-bernd-2"));
        Observation unknown = kept.copy().addDerivedFrom(new Reference("Observation/" + UNKNOWN));
        assertAlike(
                server.put(clinician, "Observation/derived-bernd", more),
                server.put(clinician, "Observation/derived-bernd", unknown));
    }

    @Test
    void thePatientDoesNotNameAFindingBeforeSomebodyAnswersForIt() {
        Map<String, Object> anna = Callers.patient(World.ANNA);
        assertAlike(
                server.post(anna, "Communication", about("Observation/flag-anna")),
                server.post(anna, "Communication", about("Observation/" + UNKNOWN)));
        assertThat(server.post(anna, "Communication", about("Observation/weight-anna"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aGatewayNamesNothingThatIsStoredButItsDevices() {
        Map<String, Object> gateway = Callers.gateway();
        Device own = Records.withId(Records.cuff(World.ANNA), "cuff-anna");
        own.setOwner(new Reference("Organization/" + World.GATEWAY));
        server.given(own);
        Observation vital = Records.heartRate(World.ANNA);
        vital.setDevice(new Reference("Device/cuff-anna"));
        assertThat(server.post(gateway, "Observation", vital).status()).isEqualTo(201);
        assertAlike(
                server.post(
                        gateway, "Observation", vital.copy().addDerivedFrom(new Reference("Observation/weight-anna"))),
                server.post(
                        gateway, "Observation", vital.copy().addDerivedFrom(new Reference("Observation/" + UNKNOWN))));
    }

    /** Whose a Provenance is, its targets say: with a hidden one that cannot be told, as with an unknown one. */
    @Test
    void aHiddenTargetTellsNothingByTheOtherReferencesEither() {
        server.permits.permit(World.BERND, World.CENTRE, Purpose.CAREMGT, "Observation", Codes.LOINC, Codes.HEART_RATE);
        assertAlike(
                server.post(Callers.job(), "Provenance", provenance(HIDDEN)),
                server.post(Callers.job(), "Provenance", provenance(UNKNOWN)));
        assertThat(server.post(Callers.job(), "Provenance", provenance("hr-bernd"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatComesInFilesIsHeldToTheSame() {
        Caller caller = Callers.caller(clinic);
        List<RequestedWrite> lines = Stream.of(HIDDEN, UNKNOWN, "hr-bernd")
                .map(id -> heartRate().addDerivedFrom(new Reference("Observation/" + id)))
                .map(record -> new RequestedWrite(
                        record.fhirType(), -1, Interaction.CREATE, record, null, null, null, null, true))
                .toList();
        List<BulkWrites.Verdict> verdicts = server.pipeline.bulkWrites().check(caller, lines, server.now);
        assertThat(verdicts.get(0).issues())
                .isNotEmpty()
                .isEqualTo(verdicts.get(1).issues());
        assertThat(verdicts.get(0).denials()).containsOnlyKeys(World.BERND);
        assertThat(verdicts.get(2).isGood()).isTrue();
    }

    private static void assertAlike(Answer hidden, Answer unknown) {
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(422);
        assertThat(hidden.code()).isEqualTo("SN-REFERENCE-001");
        assertThat(PolicyServer.comparable(hidden)).isEqualTo(PolicyServer.comparable(unknown));
    }

    private static Observation heartRate() {
        return Records.heartRate(World.BERND);
    }

    private static Communication about(String reference) {
        Communication message = new Communication();
        message.setStatus(CommunicationStatus.COMPLETED);
        message.setSubject(new Reference("Patient/" + World.ANNA));
        message.setSender(new Reference("Patient/" + World.ANNA));
        message.addAbout(new Reference(reference));
        return message;
    }

    private static Provenance provenance(String target) {
        Provenance provenance = Records.provenance("Observation/" + target);
        provenance.addEntity().setWhat(new Reference("Observation/hr-bernd"));
        return provenance;
    }

    private static Bundle transaction(Resource record) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        add(bundle, record);
        return bundle;
    }

    private static void add(Bundle bundle, Resource record) {
        bundle.addEntry()
                .setResource(record)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(record.fhirType());
    }
}
