package eu.sinusnode.server.everything;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.records.StoredRecord;
import java.util.Date;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlaceTest {

    @Test
    void aPlaceBetweenTwoRecordsIsBehindTheOneAndBeforeTheOther() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String one = new UUID(random.nextLong(), random.nextLong()).toString();
            String other = new UUID(random.nextLong(), random.nextLong()).toString();
            String last = one.compareTo(other) < 0 ? one : other;
            String next = one.compareTo(other) < 0 ? other : one;

            Place between = Place.between(new Place("Observation", last), record("Observation", next));

            assertThat(between.id()).isGreaterThan(last).isLessThan(next).hasSizeLessThan(12);
            assertThat(Place.parse(between.text())).contains(between);
        }
    }

    @Test
    void idsThatDifferInTheirLastLetterHaveNothingBetween() {
        Place last = new Place("Goal", "walk-1");

        assertThat(Place.between(last, record("Goal", "walk-2"))).isEqualTo(last);
    }

    @Test
    void aPlaceBeforeAnotherTypeIsBeforeEachOfItsIds() {
        Place between = Place.between(new Place("Goal", "z"), record("Observation", "0"));

        assertThat(between.resourceType()).isEqualTo("Observation");
        assertThat(between.id()).isLessThan("0").isLessThan("A").isLessThan("a");
        assertThat(Place.parse(between.text())).contains(between);
    }

    private static StoredRecord record(String type, String id) {
        return new StoredRecord(type, id, 1, new Date(0), null, null);
    }
}
