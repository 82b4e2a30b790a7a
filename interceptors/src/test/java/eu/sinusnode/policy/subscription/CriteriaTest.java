package eu.sinusnode.policy.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.policy.access.AccessMatrix;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, true",
                "patient=anna, true",
                "patient=berta, false",
                "patient=berta|anna, true",
                "subject=anna, true",
                "code=8867-4, true",
                "code=http://loinc.org#8867-4, true",
                "code=http://example.org#8867-4, false",
                "code=8480-6, false",
                "category=vital-signs, true",
                "status=final, true",
                "status=amended, false",
                "status=amended|final, true",
                "patient=anna;status=amended, false",
                "patient=anna;code=8867-4;status=final, true"
            })
    void everyParameterHasToFitByOneOfItsValues(@Nullable String text, boolean matches) {
        Observation vital = new Observation();
        vital.setStatus(ObservationStatus.FINAL).setSubject(new Reference("Patient/anna"));
        vital.getCode().addCoding().setSystem("http://loinc.org").setCode("8867-4");
        vital.addCategory().addCoding().setSystem("http://example.org").setCode("vital-signs");
        assertThat(criteria("Observation", text).match(ChangedRecord.of(vital))).isEqualTo(matches);
        assertThat(criteria("Task", text).match(ChangedRecord.of(vital))).isFalse();
    }

    private static Criteria criteria(String type, @Nullable String text) {
        Map<String, Set<String>> values = text == null
                ? Map.of()
                : Arrays.stream(text.split(";"))
                        .map(each -> each.split("="))
                        .collect(Collectors.toMap(
                                each -> each[0],
                                each -> Set.of(each[1].replace('#', '!').split("\\|"))))
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().stream()
                                .map(value -> value.replace('!', '|'))
                                .collect(Collectors.toSet())));
        return new Criteria(type, values);
    }

    @Test
    void aTaskIsItsPatientsAndAnAppointmentIsAmongOthersOfAPatient() {
        Task task = new Task();
        task.setFor(new Reference("Patient/anna")).setStatus(Task.TaskStatus.REQUESTED);
        assertThat(criteria("Task", "patient=anna;status=requested").match(ChangedRecord.of(task)))
                .isTrue();
        Appointment appointment = new Appointment();
        appointment.addParticipant().setActor(new Reference("Practitioner/p"));
        appointment.addParticipant().setActor(new Reference("Patient/anna"));
        assertThat(criteria("Appointment", "patient=anna").match(ChangedRecord.of(appointment)))
                .isTrue();
        assertThat(criteria("Appointment", "patient=p").match(ChangedRecord.of(appointment)))
                .isFalse();
    }

    @Test
    void whatIsMissingFitsNothingThatIsAskedFor() {
        ChangedRecord empty = ChangedRecord.of(new Observation());
        assertThat(criteria("Observation", null).match(empty)).isTrue();
        assertThat(criteria("Observation", "status=final").match(empty)).isFalse();
        assertThat(criteria("Observation", "patient=anna").match(empty)).isFalse();
        assertThatThrownBy(() -> ChangedRecord.of(new Patient())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever can be subscribed to has a topic, and is chosen by search parameters that the type has. */
    @Test
    void typesTopicsAndParametersGoTogether() {
        assertThat(Backport.topics().keySet()).isEqualTo(ChangedRecord.types());
        ChangedRecord.types().forEach(type -> assertThat(AccessMatrix.standard().searchParameters(type))
                .containsAll(ChangedRecord.parameters(type)));
    }
}
