package eu.sinusnode.server.careteam;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Bond;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Confidentiality;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a clinic is shown of a Task, beside a permit of everything and one deny; as a read of it would be decided. */
class ClinicViewTest {

    private static final UUID PATIENT = UUID.randomUUID();
    private static final String CLINIC = "clinic";
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "author,  Practitioner/one, Practitioner/one,     , false",
        "author,  Practitioner/one, Patient/anna,         , true",
        "author,  Practitioner/one,               ,       , false",
        "author,  Practitioner/one, PractitionerRole/two, , false",
        "belongs, Encounter/stay,   Patient/anna, Encounter/stay,  false",
        "belongs, Encounter/stay,   Patient/anna, Encounter/other, true",
        "belongs, Encounter/stay,   Patient/anna,         , true",
        "belongs, CarePlan/plan,    Patient/anna,         , false"
    })
    void aDenyByWhatATaskHangsTogetherWithIsAboutThatOrAboutWhatDoesNotTell(
            String meant, String to, @Nullable String requester, @Nullable String encounter, boolean shown) {
        Task task = task();
        if (requester != null) {
            task.setRequester(new Reference(requester));
        }
        if (encounter != null) {
            task.setEncounter(new Reference(encounter));
        }
        Bond bond = new Bond(meant.equals("author") ? Bond.Kind.AUTHORED_BY : Bond.Kind.RELATED, to);
        assertThat(view(new Target("Task", null, Set.of(), null, null, bond)).shows(task))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"2026-06-01T09:00:00Z, false", "2026-06-01T11:00:00Z, true", ", false"})
    void aDenyOfATimeIsAboutWhatTouchesItOrTellsNone(@Nullable String authored, boolean shown) {
        Task task = task();
        if (authored != null) {
            task.setAuthoredOn(Date.from(Instant.parse(authored)));
        }
        assertThat(view(new Target(null, null, Set.of(), new Validity(Instant.EPOCH, NOW), null))
                        .shows(task))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"R, false", "N, true"})
    void aDenyOfALabelIsAboutWhatCarriesIt(String label, boolean shown) {
        Task task = task();
        task.getMeta().addSecurity(new Coding(Confidentiality.SYSTEM, label, null));
        assertThat(view(new Target(null, null, Set.of(new Code(Confidentiality.SYSTEM, "R")), null, null))
                        .shows(task))
                .isEqualTo(shown);
    }

    @Test
    void ofARestrictedRecordNothingIsShown() {
        ClinicView view = ClinicView.of(
                PATIENT,
                CLINIC,
                new Permits(List.of(directive(Effect.PERMIT, Target.ALL)), Set.of(PATIENT.toString())),
                (type, id) -> Optional.empty(),
                NOW);
        assertThat(view.shows(task())).isFalse();
    }

    private static Task task() {
        Task task = new Task();
        task.setId(UUID.randomUUID().toString());
        return task.setFor(new Reference("Patient/" + PATIENT));
    }

    private static ClinicView view(Target denied) {
        List<Directive> directives = List.of(directive(Effect.PERMIT, Target.ALL), directive(Effect.DENY, denied));
        return ClinicView.of(PATIENT, CLINIC, new Permits(directives, Set.of()), (type, id) -> Optional.empty(), NOW);
    }

    private static Directive directive(Effect effect, Target target) {
        return new Directive(
                effect,
                PATIENT.toString(),
                "consent",
                1,
                "provision",
                "Organization/" + CLINIC,
                Purpose.TREAT,
                target,
                Validity.ALWAYS);
    }

    /** Of a patient whom the clinic treats. */
    private record Permits(List<Directive> directives, Set<String> restricted) implements PermitDirectory {

        @Override
        public List<Directive> directivesOf(
                Collection<String> patientIds, String organizationId, Purpose purpose, Instant at) {
            return directives;
        }

        @Override
        public Set<String> relatedAmong(
                Collection<String> patientIds, String partyId, Relationship relationship, Instant at) {
            return Set.copyOf(patientIds);
        }

        @Override
        public Map<String, List<Directive>> directivesOfRelated(
                Collection<String> patientIds,
                String organizationId,
                Relationship relationship,
                Purpose purpose,
                Instant at) {
            return Map.of(PATIENT.toString(), directives);
        }

        @Override
        public List<Directive> permittedPatients(
                String organizationId,
                Purpose purpose,
                Relationship relationship,
                @Nullable String afterPatientId,
                int maxPatients,
                Instant at) {
            return directives;
        }

        @Override
        public Set<String> restrictedAmong(Collection<String> patientIds) {
            return restricted;
        }
    }
}
