package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.server.lane.DeviceKind;
import eu.sinusnode.server.lane.MeasurementSetting;
import eu.sinusnode.server.rest.GivenParameters;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of {@code $trend}, or says what is wrong with it. */
final class TrendReader {

    static final Set<String> PARAMETERS =
            Set.of("patient", "code", "from", "to", "points", "zone", "device", "setting");

    static final int POINTS = 100;
    static final int MOST_POINTS = 500;
    static final int MOST_CODES = 5;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");
    /** With it, the coarsest step never needs more buckets than the fewest that can be asked for. */
    private static final int MOST_YEARS = 10;

    private static final int FEWEST_POINTS = MOST_YEARS + 2;

    private final String serverBase;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone for who names none */
    TrendReader(String serverBase, Clock clock, ZoneId zone) {
        this.serverBase = serverBase;
        this.clock = clock;
        this.zone = zone;
    }

    TrendAsked read(GivenParameters given) {
        ZoneId asked = zone(given.one("zone"));
        List<Code> codes = given.all("code").stream()
                .flatMap(occurrence -> SearchRequest.alternatives(occurrence).stream())
                .map(StatsReader::code)
                .distinct()
                .toList();
        if (codes.isEmpty() || codes.size() > MOST_CODES) {
            throw AskedPatient.malformed(
                    "1 to " + MOST_CODES + " codes are to be named, as code=http://loinc.org|8867-4");
        }
        Source source = new Source(
                one("device", given.one("device"), DeviceKind.values(), DeviceKind::code),
                one("setting", given.one("setting"), MeasurementSetting.values(), MeasurementSetting::code));
        if (!source.equals(Source.ANY)
                && codes.stream().anyMatch(code -> Measurements.vitalCodes(code).isEmpty())) {
            throw AskedPatient.malformed("device and setting are known of vital signs only");
        }
        return new TrendAsked(
                AskedPatient.read(given, serverBase, "patient"),
                codes,
                period(given.one("from"), given.one("to"), asked),
                points(given.one("points")),
                asked,
                source);
    }

    private ZoneId zone(@Nullable String name) {
        try {
            return name == null ? zone : ZoneId.of(name.replace(' ', '+'));
        } catch (DateTimeException unknown) {
            throw AskedPatient.malformed("zone is a time zone, as Europe/Berlin, or an offset, as +02:00");
        }
    }

    private Period period(@Nullable String from, @Nullable String to, ZoneId asked) {
        if (from == null) {
            throw AskedPatient.malformed("from, where the trend begins, is to be named");
        }
        Instant start = Times.start("from", from, asked);
        Instant end = to == null ? clock.instant() : Times.end("to", to, asked);
        if (!start.isBefore(end)
                || start.atZone(asked).plusYears(MOST_YEARS).toInstant().isBefore(end)) {
            throw AskedPatient.malformed("to lies behind from, by " + MOST_YEARS + " years at most");
        }
        return new Period(start, end);
    }

    private static int points(@Nullable String value) {
        if (value == null) {
            return POINTS;
        }
        int points = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (points < FEWEST_POINTS || points > MOST_POINTS) {
            throw AskedPatient.malformed("points is a number of buckets, from " + FEWEST_POINTS + " to " + MOST_POINTS);
        }
        return points;
    }

    private static <T> @Nullable T one(
            String name, @Nullable String value, T[] known, Function<T, Optional<String>> code) {
        if (value == null) {
            return null;
        }
        return Arrays.stream(known)
                .filter(each -> code.apply(each).filter(value::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> AskedPatient.malformed(name + " is one of "
                        + String.join(
                                ", ",
                                Arrays.stream(known)
                                        .flatMap(each -> code.apply(each).stream())
                                        .toList())));
    }
}
