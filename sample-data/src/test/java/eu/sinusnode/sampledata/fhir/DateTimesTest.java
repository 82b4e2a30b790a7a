package eu.sinusnode.sampledata.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DateTimesTest {

    private static final DateTimeFormatter FHIR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    @Property
    void isWhatTheJdkWrites(
            @ForAll @LongRange(min = -5_000_000_000L, max = 20_000_000_000L) long second,
            @ForAll @IntRange(min = -47, max = 47) int quarters) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(quarters * 900);
        OffsetDateTime expected = Instant.ofEpochSecond(second).atOffset(offset);

        assertThat(DateTimes.format(second, offset.getTotalSeconds())).isEqualTo(FHIR.format(expected));
    }
}
