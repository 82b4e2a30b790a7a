package eu.sinusnode.server.everything;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each open date of a patient's records is one of care, or is known to be another. */
class CareDatesTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    /** Dates of writing, of an identity or of an agreement, and parts of a period that is one already. */
    private static final Set<String> OTHERS = Set.of(
            "AllergyIntolerance.date",
            "Condition.recorded-date",
            "Consent.date",
            "DiagnosticReport.issued",
            "Encounter.date-start",
            "Encounter.end-date",
            "Patient.birthdate",
            "Task.modified");

    @Test
    void everyOpenDateIsDecidedOn() {
        Set<String> open = new TreeSet<>();
        AccessMatrix matrix = AccessMatrix.standard();
        matrix.resourceTypes().stream()
                .filter(BulkDisclosure::isOfPatients)
                .forEach(type -> matrix.searchParameters(type).stream()
                        .filter(name -> isDate(type, name))
                        .forEach(name -> open.add(type + "." + name)));
        Set<String> decided = new TreeSet<>(OTHERS);
        CareDates.BY_TYPE.forEach((type, names) -> names.forEach(name -> decided.add(type + "." + name)));

        assertThat(decided).containsExactlyElementsOf(open);
    }

    /** ISiK's parameters are not R4's: those two are dates. */
    private static boolean isDate(String type, String name) {
        RuntimeSearchParam known = R4.getResourceDefinition(type).getSearchParam(name);
        return known == null
                ? List.of("date-start", "end-date").contains(name)
                : known.getParamType() == RestSearchParameterTypeEnum.DATE && !name.startsWith("_");
    }
}
