package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.show.Showcase;
import eu.sinusnode.launcher.therapy.TherapyWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code ./sinusnode demo} shows of a therapy plan, by the same code: a programme, a week of it, an adjusted plan and its reminder. */
@ExtendWith(SystemExtension.class)
class TherapyWeekIT {

    @Test
    void aWeekOfAPlanIsKeptInPartAndThePlanIsAdjusted(RunningSystem system) {
        // The last ones first: other tests look at the records of the first.
        List<Persona> open = new ArrayList<>(system.directory().personas().stream()
                .filter(persona -> persona.consent().equals("wide"))
                .toList());
        Collections.reverse(open);

        TherapyWeek.Outcome outcome = new TherapyWeek(system.parts().callers(), Showcase.CLINICIAN)
                .run(open)
                .orElseThrow();

        assertThat(keptOfPlanned(outcome.progress())).isEqualTo("12 of 14");
        assertThat(outcome.progress().toString()).contains("8480-6", "\"chart\"", "image/svg+xml");
        assertThat(outcome.appointment().path("status").asText()).isEqualTo("booked");
        assertThat(outcome.reminders()).isNotEmpty().allSatisfy(reminder -> {
            assertThat(reminder.path("for").path("reference").asText())
                    .isEqualTo("Patient/" + outcome.patient().id());
            assertThat(reminder.path("basedOn").path(0).path("reference").asText())
                    .isEqualTo(outcome.plan());
        });
        assertThat(outcome.question().path("priority").asText()).isIn("urgent", "asap", "stat");

        JsonNode adjusted = system.as(outcome.patient().login())
                .get(outcome.plan() + "/$progress")
                .body();
        assertThat(keptOfPlanned(adjusted))
                .as("what is asked for from now on changes nothing of the week that is over")
                .isEqualTo("12 of 14");
    }

    /** Of blood pressure. */
    private static String keptOfPlanned(JsonNode progress) {
        return StreamSupport.stream(progress.path("parameter").spliterator(), false)
                .filter(part -> part.path("name").asText().equals("activity")
                        && part.toString().contains("\"measurement\"")
                        && part.toString().contains("Blood pressure"))
                .map(part -> value(part, "kept") + " of " + value(part, "planned"))
                .findFirst()
                .orElse(progress.toString());
    }

    private static String value(JsonNode activity, String name) {
        return StreamSupport.stream(activity.path("part").spliterator(), false)
                .filter(part -> part.path("name").asText().equals(name))
                .map(part -> part.path("valueInteger").asText())
                .findFirst()
                .orElse("");
    }
}
