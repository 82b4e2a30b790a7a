package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.server.rest.GivenParameters;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of {@code $stats}, or says what is wrong with it. */
final class StatsReader {

    static final Set<String> PARAMETERS =
            Set.of("subject", "code", "system", "coding", "duration", "period", "statistic", "include", "limit");

    static final int MOST_CODES = 10;
    static final int MOST_SOURCES = 500;
    static final int SOURCES = 100;

    private static final Pattern HOURS = Pattern.compile("\\d{1,7}(\\.\\d{1,6})?");
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

    private final String serverBase;
    private final Clock clock;
    private final ZoneId zone;

    StatsReader(String serverBase, Clock clock, ZoneId zone) {
        this.serverBase = serverBase;
        this.clock = clock;
        this.zone = zone;
    }

    StatsAsked read(GivenParameters given) {
        List<Statistic> statistics = given.all("statistic").stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(code -> Statistic.ofCode(code)
                        .orElseThrow(() -> AskedPatient.malformed(
                                "statistic is a code of http://hl7.org/fhir/R4/valueset-observation-statistics.html")))
                .distinct()
                .toList();
        if (statistics.isEmpty()) {
            throw AskedPatient.malformed("a statistic is to be named, as statistic=average");
        }
        return new StatsAsked(
                AskedPatient.read(given, serverBase, "subject"),
                codes(given),
                period(given.one("duration"), given.one("period")),
                statistics,
                sources(given.one("include"), given.one("limit")));
    }

    private static List<Code> codes(GivenParameters given) {
        Set<Code> codes = new LinkedHashSet<>();
        String system = given.one("system");
        for (String code : given.all("code")) {
            if (code.contains("|")) {
                codes.add(code(code));
            } else if (system == null) {
                throw AskedPatient.malformed("a code needs its system: code=8867-4&system=http://loinc.org");
            } else {
                codes.add(new Code(system, code));
            }
        }
        given.all("coding").forEach(token -> codes.add(code(token)));
        if (codes.isEmpty() || codes.size() > MOST_CODES) {
            throw AskedPatient.malformed(
                    "1 to " + MOST_CODES + " codes are to be named, as coding=http://loinc.org|8867-4");
        }
        return new ArrayList<>(codes);
    }

    /** {@code system|code}. */
    static Code code(String token) {
        int bar = token.lastIndexOf('|');
        if (bar < 1 || bar == token.length() - 1) {
            throw AskedPatient.malformed("a code is named with its system, as http://loinc.org|8867-4");
        }
        return new Code(token.substring(0, bar), token.substring(bar + 1));
    }

    private Period period(@Nullable String duration, @Nullable String period) {
        if ((duration == null) == (period == null)) {
            throw AskedPatient.malformed("either a duration in hours or a period with its start is to be named");
        }
        if (duration != null) {
            if (!HOURS.matcher(duration).matches()) {
                throw AskedPatient.malformed("duration is a number of hours, as 24");
            }
            Instant now = clock.instant();
            long millis = new BigDecimal(duration)
                    .multiply(BigDecimal.valueOf(Duration.ofHours(1).toMillis()))
                    .longValue();
            return new Period(now.minusMillis(millis), now.plusMillis(1));
        }
        int slash = String.valueOf(period).indexOf('/');
        if (slash < 1) {
            throw AskedPatient.malformed("period is a Period with a start, in a URL 2026-01-01/2026-01-31");
        }
        String end = String.valueOf(period).substring(slash + 1);
        Period read = new Period(
                Times.start("period", String.valueOf(period).substring(0, slash), zone),
                end.isEmpty() ? clock.instant().plusMillis(1) : Times.inclusiveEnd("period", end, zone));
        if (!read.start().isBefore(read.end())) {
            throw AskedPatient.malformed("the period ends before it starts");
        }
        return read;
    }

    private static @Nullable Integer sources(@Nullable String include, @Nullable String limit) {
        if (include == null || include.equals("false")) {
            return null;
        }
        if (!include.equals("true")) {
            throw AskedPatient.malformed("include is true or false");
        }
        if (limit == null) {
            return SOURCES;
        }
        if (!LIMIT.matcher(limit).matches() || Integer.parseInt(limit) > MOST_SOURCES) {
            throw AskedPatient.malformed("limit is a number of Observations, from 1 to " + MOST_SOURCES);
        }
        return Integer.parseInt(limit);
    }

    /** The parameters of a body that are no primitives, as the URL has them; empty for others. */
    static Optional<String> text(Type value) {
        if (value instanceof Coding coding) {
            return Optional.of(coding.getSystem() + "|" + coding.getCode());
        }
        if (value instanceof org.hl7.fhir.r4.model.Period period) {
            return Optional.of(text(period.getStartElement()) + "/" + text(period.getEndElement()));
        }
        return Optional.empty();
    }

    private static String text(org.hl7.fhir.r4.model.DateTimeType time) {
        return time.hasValue() ? time.getValueAsString() : "";
    }
}
