package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportClient.ByType;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.StoredHistory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who exported before is told what to delete, by those who have withdrawn it since. */
class ExportedWithdrawalsIT extends RunningServer {

    private static final Set<String> OF_NOBODY = Set.of("Organization", "Practitioner");

    @Autowired
    private StoredHistory history;

    /** What it had and has not any more is what it is told, for whoever exports. */
    @Test
    void whatWasWithdrawnSinceIsToldToWhoHadIt() {
        ExportWorld own = new ExportWorld("told-withdrawals");
        for (String who : List.of("stays", "leaves", "narrows", "moves")) {
            own.patient(who);
        }
        own.patient("never", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "CarePlan", null)));
        ExportClient insurer = new ExportClient(own.insurerToken());
        ExportClient clinic = new ExportClient(own.clinicToken());
        JsonNode first = insurer.manifest(insurer.started("/$export"));
        String since = "/$export?_since=" + first.get("transactionTime").asText();
        Set<String> insurerHad = paths(insurer.resources(first));
        Set<String> clinicHad = paths(clinic.export("/$export"));
        assertThat(insurer.deleted(insurer.manifest(insurer.started(since)))).isEmpty();

        own.delete("Observation/" + own.id("leaves-signed"));
        own.withdraw("leaves");
        own.permit(
                "narrows", provision -> provision.addCode().addCoding(new Coding(Codes.LOINC, Codes.HEART_RATE, null)));
        own.withdraw("moves");
        own.endCoverage("moves");
        String later = newObservation(own, "leaves");

        JsonNode second = insurer.manifest(insurer.started(since));
        Set<String> insurerHas = paths(insurer.export("/$export"));
        assertThat(insurerHas).contains("Observation/" + own.id("narrows-signed"));
        List<String> told = insurer.deleted(second);
        assertThat(told)
                .doesNotHaveDuplicates()
                .doesNotContain(later)
                .contains(
                        "Patient/" + own.id("leaves"),
                        "Observation/" + own.id("leaves-signed"),
                        "Patient/" + own.id("narrows"))
                .containsExactlyInAnyOrderElementsOf(insurerHad.stream()
                        .filter(path -> !insurerHas.contains(path))
                        .filter(path -> !recordsOf(own, "moves").contains(path))
                        .toList());
        assertThat(paths(insurer.resources(second))).doesNotContainAnyElementsOf(told);

        Set<String> clinicHas = paths(clinic.export("/$export"));
        assertThat(clinic.deleted(clinic.manifest(clinic.started(since))))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(clinicHad.stream()
                        .filter(path -> !clinicHas.contains(path))
                        .toList());

        // What is permitted again before the file is fetched, nobody has to delete; withdrawn once more, it is told
        // again.
        own.permit("leaves", provision -> {});
        assertThat(insurer.deleted(second))
                .contains("Patient/" + own.id("narrows"), "Observation/" + own.id("leaves-signed"))
                .doesNotContain("Patient/" + own.id("leaves"));
        own.withdraw("leaves");
        assertThat(insurer.deleted(second)).containsExactlyInAnyOrderElementsOf(told);
        String next = "/$export?_since=" + Instant.now();
        assertThat(insurer.deleted(insurer.manifest(insurer.started(next))))
                .as("withdrawn before")
                .isEmpty();
    }

    /** Exported in ranges of two patients, of whom some permit nothing any more. */
    @Test
    void everyRangeHasThoseWhoWithdrew() {
        ExportWorld own = new ExportWorld("told-by-range");
        List<String> all = List.of("a", "b", "c", "d", "e");
        all.forEach(own::patient);
        ExportClient insurer = new ExportClient(own.insurerToken());
        String since = "/$export?_type=Patient&_since="
                + insurer.manifest(insurer.started("/$export?_type=Patient"))
                        .get("transactionTime")
                        .asText();

        all.forEach(own::withdraw);

        assertThat(insurer.deleted(insurer.manifest(insurer.started(since))))
                .containsExactlyInAnyOrderElementsOf(
                        own.patients().stream().map(id -> "Patient/" + id).toList());
    }

    @Test
    void whoCameToCoverThePatientAfterTheWithdrawalIsToldNothing() {
        ExportWorld own = new ExportWorld("told-late");
        own.patient("late");
        own.patient("before");
        Instant since = Instant.now();

        own.withdraw("late");
        own.withdraw("before");
        own.cover("late", Instant.now().toString(), null);

        ExportClient insurer = new ExportClient(own.insurerToken());
        assertThat(insurer.deleted(insurer.manifest(insurer.started("/$export?_type=Patient&_since=" + since))))
                .containsExactly("Patient/" + own.id("before"));
    }

    /** Art. 18 GDPR: a restriction is no withdrawal. */
    @Test
    void aRestrictedRecordIsInNoFileAndNobodyHasToDeleteIt() {
        ExportWorld own = new ExportWorld("told-restricted");
        String kept = own.patient("kept");
        String left = own.patient("left");
        ExportClient insurer = new ExportClient(own.insurerToken());
        JsonNode first = insurer.manifest(insurer.started("/$export?_type=Patient"));
        assertThat(paths(insurer.resources(first))).contains("Patient/" + kept, "Patient/" + left);

        own.permit("kept", provision -> {});
        own.withdraw("left");
        for (String patient : List.of(kept, left)) {
            Parameters ground = new Parameters();
            ground.addParameter("patient", new Reference("Patient/" + patient));
            ground.addParameter("ground", new CodeType("objection"));
            assertThat(post("/Patient/" + patient + "/$restrict", TOKENS.loader(), ground)
                            .status())
                    .isEqualTo(200);
        }

        assertThat(paths(insurer.resources(first))).as("files of before").isEmpty();
        JsonNode second = insurer.manifest(insurer.started(
                "/$export?_type=Patient&_since=" + first.get("transactionTime").asText()));
        assertThat(paths(insurer.resources(second))).isEmpty();
        assertThat(insurer.deleted(second)).containsExactly("Patient/" + left);
    }

    @Test
    void aPermitWhoseTimeIsOverCountsAsWithdrawn() {
        ExportWorld own = new ExportWorld("told-expired");
        String patient =
                own.patient("ends", provision -> provision.setPeriod(Consents.period("2020-01-01", "2029-12-31")));
        Instant now = Instant.now().plusSeconds(1);
        Instant after = Instant.parse("2030-01-01T00:00:00Z");

        assertThat(history.changed(own.insurer, Relationship.COVERAGE, now, now.plusSeconds(1)))
                .isEmpty();
        assertThat(history.changed(own.insurer, Relationship.COVERAGE, now, after))
                .containsExactly(patient);
        assertThat(history.changed(own.insurer, Relationship.CARE_TEAM, now, after))
                .isEmpty();
        assertThat(history.changed(own.insurer, Relationship.COVERAGE, after, after.plusSeconds(1)))
                .isEmpty();
    }

    private static String newObservation(ExportWorld own, String who) {
        Observation fresh = Records.heartRate(own.id(who), own.id(who + "-cuff"), who + "-3");
        fresh.setId(own.id(who + "-3"));
        load(Records.transaction(fresh));
        return "Observation/" + own.id(who + "-3");
    }

    private static Set<String> recordsOf(ExportWorld own, String who) {
        return Set.of(
                "Patient/" + own.id(who),
                "Observation/" + own.id(who + "-signed"),
                "Observation/" + own.id(who + "-unsigned"),
                "Coverage/" + own.id(who + "-coverage"),
                "CareTeam/" + own.id(who + "-team"),
                "Condition/" + own.id(who + "-diagnosis"),
                "Device/" + own.id(who + "-cuff"));
    }

    private static Set<String> paths(ByType<JsonNode> exported) {
        return exported.types().stream()
                .filter(type -> !OF_NOBODY.contains(type))
                .flatMap(type -> ExportClient.ids(exported.of(type)).stream().map(id -> type + "/" + id))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
