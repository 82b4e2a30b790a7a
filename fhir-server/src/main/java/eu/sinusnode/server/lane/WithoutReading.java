package eu.sinusnode.server.lane;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * An Observation that carries a vital code and has no reading by which it would be found.
 *
 * @param code the leading one of the Observation's code
 * @param low where its time begins, as the storage's index of dates has it
 * @param lowDay the day of that as the Observation states it, {@code yyyymmdd}
 */
public record WithoutReading(
        UUID patient,
        UUID observation,
        VitalCode code,
        ReadingStatus status,
        Instant low,
        Instant high,
        int lowDay,
        int highDay) {

    /** No FHIR date is earlier. */
    private static final String BEGINNING = "0001-01-01";
    /** HAPI's own ends of a Period that has none. */
    private static final DateTimeType OPEN_START = new DateTimeType("1001-01-01T00:00:00.000Z");

    private static final DateTimeType OPEN_END = new DateTimeType("9000-01-01T00:00:00.000Z");
    private static final PartitionSettings ONE_PARTITION = new PartitionSettings();

    /**
     * @param observation with its id
     * @param readings that were taken out of it
     */
    public static List<WithoutReading> of(Observation observation, List<VitalReading> readings) {
        Optional<String> patient = ResourceIds.referenced(observation.getSubject(), "Patient");
        List<VitalCode> codes = VitalCode.of(observation.getCode()).stream()
                .filter(VitalCode::isLeading)
                .filter(code -> readings.stream().noneMatch(reading -> reading.code() == code))
                .toList();
        if (patient.isEmpty() || codes.isEmpty()) {
            return List.of();
        }
        ResourceIndexedSearchParamDate date = date(observation.getEffective());
        return codes.stream()
                .map(code -> new WithoutReading(
                        ResourceIds.require("Patient", patient.get()),
                        ResourceIds.require(
                                "Observation", observation.getIdElement().getIdPart()),
                        code,
                        ReadingStatus.of(observation),
                        date.getValueLow().toInstant(),
                        date.getValueHigh().toInstant(),
                        date.getValueLowDateOrdinal(),
                        date.getValueHighDateOrdinal()))
                .toList();
    }

    /** What HAPI indexes; of no time at all, the beginning of time. */
    public static ResourceIndexedSearchParamDate date(@Nullable Type effective) {
        if (effective instanceof BaseDateTimeType moment && moment.getValue() != null) {
            return date(moment, moment);
        }
        if (effective instanceof Period period && (period.hasStart() || period.hasEnd())) {
            return date(
                    period.hasStart() ? period.getStartElement() : OPEN_START,
                    period.hasEnd() ? period.getEndElement() : OPEN_END);
        }
        DateTimeType beginning = new DateTimeType(BEGINNING);
        return date(beginning, beginning);
    }

    private static ResourceIndexedSearchParamDate date(BaseDateTimeType from, BaseDateTimeType to) {
        Date low = from.getValue();
        Date high = to.getValue();
        return new ResourceIndexedSearchParamDate(
                ONE_PARTITION,
                "Observation",
                "date",
                low,
                from.getValueAsString(),
                high,
                to.getValueAsString(),
                from.getValueAsString());
    }
}
