package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.sampledata.chance.Ids;
import eu.sinusnode.sampledata.people.Institutions;
import eu.sinusnode.sampledata.signal.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture in the documentation shows what the generator makes today. */
class DayPictureTest {

    private static final Path PICTURE = Path.of("..", "docs", "pictures", "patient-day.svg");

    @Test
    void isOfTodaysGenerator() throws IOException {
        CohortSpec spec = new CohortSpec(1, 1, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END, Devices.ALL);
        Timeline timeline = spec.timeline();
        Institutions institutions = new Institutions(spec.seed(), new Ids(spec.seed()));
        SyntheticPatient patient = SyntheticPatient.of(spec, 1, institutions, timeline);
        String picture = new DayPicture(patient.signals(), timeline).svg();
        if (Boolean.getBoolean("sinusnode.docs.update")) {
            Files.writeString(PICTURE, picture);
        }

        assertThat(PICTURE)
                .as(
                        "make it again with mvn -pl sample-data -am test -Dtest=DayPictureTest -Dsinusnode.docs.update=true")
                .hasContent(picture);
    }
}
