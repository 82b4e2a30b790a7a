package eu.sinusnode.therapy.apply;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.RiskInputCodes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Whether the record has an allergy or intolerance to a class of medicines, by ATC codes. One that may be to a medicine and
 * names none by such a code may be to any: then it is not known.
 */
final class Allergies {

    /** No known allergy, no known drug allergy. */
    private static final Set<String> NONE = Set.of("716186003", "409137002");

    private static final Set<String> PAST = Set.of("inactive", "resolved");
    private static final Set<String> WRONG = Set.of("refuted", "entered-in-error");
    private static final Set<String> IN_DOUBT = Set.of("unconfirmed", "presumed");

    private Allergies() {}

    /** @param atc codes of the medicines that are meant, and of those that they are a part of, begin so */
    static Fact to(List<String> atc, PatientRecord record) {
        List<AllergyIntolerance> standing = record.allergies().stream()
                .filter(allergy -> !has(allergy.getClinicalStatus(), PAST))
                .filter(allergy -> !has(allergy.getVerificationStatus(), WRONG))
                .filter(Allergies::mayBeToMedicine)
                .toList();
        List<AllergyIntolerance> found =
                standing.stream().filter(allergy -> isTo(atc, allergy)).toList();
        List<AllergyIntolerance> sure = found.stream()
                .filter(allergy -> !has(allergy.getVerificationStatus(), IN_DOUBT))
                .toList();
        if (!sure.isEmpty()) {
            return new Fact.Known(
                    new BooleanType(true), "an allergy or intolerance is in the record", References.of(sure));
        }
        if (record.withheld().contains("AllergyIntolerance")) {
            return new Fact.Unknown("allergies could not be read");
        }
        if (!found.isEmpty()) {
            return new Fact.Unknown("an allergy or intolerance is suspected");
        }
        return standing.stream().anyMatch(allergy -> atc(allergy).toList().isEmpty())
                ? new Fact.Unknown("an allergy names no medicine by an ATC code, and may be to any")
                : new Fact.Known(new BooleanType(false), "no allergy or intolerance is in the record", List.of());
    }

    /** Not one to food or pollen alone, nor the statement that there is none. */
    private static boolean mayBeToMedicine(AllergyIntolerance allergy) {
        boolean otherwise = allergy.hasCategory()
                && allergy.getCategory().stream()
                        .noneMatch(category -> category.getValue() == AllergyIntoleranceCategory.MEDICATION
                                || category.getValue() == AllergyIntoleranceCategory.BIOLOGIC);
        return !otherwise
                && codings(allergy)
                        .noneMatch(coding -> Codes.SNOMED.equals(coding.getSystem())
                                && NONE.contains(String.valueOf(coding.getCode())));
    }

    private static boolean isTo(List<String> atc, AllergyIntolerance allergy) {
        return atc(allergy)
                .anyMatch(code -> atc.stream().anyMatch(meant -> code.startsWith(meant) || meant.startsWith(code)));
    }

    private static Stream<String> atc(AllergyIntolerance allergy) {
        return codings(allergy)
                .filter(coding -> RiskInputCodes.ATC_SYSTEMS.contains(coding.getSystem()))
                .filter(Coding::hasCode)
                .map(Coding::getCode);
    }

    private static Stream<Coding> codings(AllergyIntolerance allergy) {
        return Stream.concat(
                        Stream.of(allergy.getCode()),
                        allergy.getReaction().stream().map(AllergyIntoleranceReactionComponent::getSubstance))
                .flatMap(concept -> concept.getCoding().stream());
    }

    private static boolean has(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
    }
}
