package eu.sinusnode.policy.pipeline;

import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.ResidencyTier;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The figures that an operator may choose.
 *
 * @param serverBase the FHIR base URL, e.g. {@code http://127.0.0.1:8080/fhir}; names the server in AuditEvents
 * @param residency where data may go
 * @param maxPatientsPerSearch how many patients a search that names none may cover
 * @param futureTolerance how far ahead of the server's clock a measurement may be
 * @param zone where a date without a time begins and ends
 */
public record PipelineSettings(
        String serverBase, ResidencyRules residency, int maxPatientsPerSearch, Duration futureTolerance, ZoneId zone) {

    public PipelineSettings {
        if (serverBase.isBlank()) {
            throw new IllegalArgumentException("The pipeline needs the server's FHIR base URL.");
        }
        if (maxPatientsPerSearch < 1) {
            throw new IllegalArgumentException("A search must be allowed to cover at least one patient.");
        }
        if (futureTolerance.isNegative()) {
            throw new IllegalArgumentException("The tolerance for times in the future cannot be negative.");
        }
    }

    /** EU27, 300 patients a search, five minutes, German days. */
    public static PipelineSettings standard(String serverBase) {
        return new PipelineSettings(
                serverBase,
                ResidencyRules.of(ResidencyTier.EU27),
                300,
                Duration.ofMinutes(5),
                ZoneId.of("Europe/Berlin"));
    }
}
