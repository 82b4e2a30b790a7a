package eu.sinusnode.policy.minimisation;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Reference;

/**
 * What is left of a value. Words of people are never left, so codes come without display and text, from systems that
 * everybody knows, and numbers with units of UCUM. A datatype that is not named here is left out.
 */
final class CoarseValues {

    /** By system, what its codes look like: nobody's words are among them. */
    private static final Map<String, Pattern> SYSTEMS = Map.of(
            Codes.LOINC,
            Pattern.compile("(LA|LP)?[0-9]{1,7}-[0-9]"),
            Codes.SNOMED,
            Pattern.compile("[0-9]{6,18}"),
            Codes.ICD_10_GM,
            Pattern.compile("[A-Z][0-9]{2}(\\.?[0-9]{1,2}|\\.-)?[-+*!]?"),
            "http://fhir.de/CodeSystem/bfarm/atc",
            Pattern.compile("[A-Z]([0-9]{2}([A-Z]{1,2}([0-9]{2})?)?)?"),
            "http://www.whocc.no/atc",
            Pattern.compile("[A-Z]([0-9]{2}([A-Z]{1,2}([0-9]{2})?)?)?"),
            "http://fhir.de/CodeSystem/bfarm/ops",
            Pattern.compile("[1-9]-[0-9a-z]{2,3}(\\.[0-9a-z]{1,3})?"),
            "http://fhir.de/CodeSystem/ifa/pzn",
            Pattern.compile("[0-9]{7,8}"),
            "urn:iso:std:iso:11073:10101",
            Pattern.compile("[0-9]{1,10}|MDC_[A-Z0-9_]{1,60}"));

    private static final Pattern SYSTEM_FAMILIES =
            Pattern.compile("(http://terminology\\.hl7\\.org/CodeSystem|http://hl7\\.org/fhir|"
                    + Pattern.quote(Canonicals.BASE + "/CodeSystem") + ")/[A-Za-z0-9-]{1,60}");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:/-]{0,39}");
    private static final Pattern UNIT = Pattern.compile("([A-Za-z0-9\\[\\]/.%*'_-]|\\{[a-z]{1,12}}){1,20}");
    private static final String YEARS = "a";

    private final Pseudonyms pseudonyms;

    CoarseValues(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    Optional<Base> of(Base value) {
        Base left = null;
        if (value instanceof Enumeration<?> code) {
            left = code.getValue() == null ? null : plain(code);
        } else if (value instanceof BooleanType truth) {
            left = truth.hasValue() ? new BooleanType(truth.booleanValue()) : null;
        } else if (value instanceof IntegerType number) {
            left = number.hasValue() ? plain(number) : null;
        } else if (value instanceof DecimalType number) {
            left = number.hasValue() ? new DecimalType(number.getValue()) : null;
        } else if (value instanceof DateTimeType time) {
            left = Coarsening.week(time.getValueAsString())
                    .map(DateTimeType::new)
                    .orElse(null);
        } else if (value instanceof DateType date) {
            left = Coarsening.week(date.getValueAsString()).map(DateType::new).orElse(null);
        } else if (value instanceof Period period) {
            left = period(period);
        } else if (value instanceof CodeableConcept concept) {
            left = concept(concept);
        } else if (value instanceof Coding coding) {
            left = coding(coding).orElse(null);
        } else if (value instanceof Age age) {
            left = age(age);
        } else if (value instanceof Quantity quantity) {
            left = quantity(quantity);
        } else if (value instanceof Range range) {
            left = new Range().setLow(quantity(range.getLow())).setHigh(quantity(range.getHigh()));
        } else if (value instanceof Ratio ratio) {
            left = new Ratio()
                    .setNumerator(quantity(ratio.getNumerator()))
                    .setDenominator(quantity(ratio.getDenominator()));
        } else if (value instanceof Reference reference) {
            left = reference(reference);
        }
        return Optional.ofNullable(left).filter(some -> !some.isEmpty());
    }

    /** Without the extensions and the id that a primitive may carry. */
    private static Base plain(Enumeration<?> code) {
        Enumeration<?> copy = code.copy();
        copy.setExtension(null);
        copy.setId(null);
        return copy;
    }

    private static Base plain(IntegerType number) {
        IntegerType copy = number.copy();
        copy.setExtension(null);
        copy.setId(null);
        return copy;
    }

    private static Period period(Period period) {
        Period weeks = new Period();
        Coarsening.week(period.getStartElement().getValueAsString())
                .ifPresent(start -> weeks.setStartElement(new DateTimeType(start)));
        Coarsening.week(period.getEndElement().getValueAsString())
                .ifPresent(end -> weeks.setEndElement(new DateTimeType(end)));
        return weeks;
    }

    private static CodeableConcept concept(CodeableConcept concept) {
        CodeableConcept codes = new CodeableConcept();
        concept.getCoding().forEach(coding -> coding(coding).ifPresent(codes::addCoding));
        return codes;
    }

    private static Optional<Coding> coding(Coding coding) {
        String system = coding.getSystem();
        String code = coding.getCode();
        boolean known = system != null
                && code != null
                && (SYSTEMS.containsKey(system)
                        ? SYSTEMS.get(system).matcher(code).matches()
                        : SYSTEM_FAMILIES.matcher(system).matches()
                                && CODE.matcher(code).matches());
        return known ? Optional.of(new Coding(system, code, null)) : Optional.empty();
    }

    private static Quantity age(Age age) {
        BigDecimal value = age.getValue();
        Age told = new Age();
        if (value != null && YEARS.equals(age.getCode()) && Coarsening.isTold(value.intValue())) {
            told.setValue(value.intValue()).setSystem(Codes.UCUM).setCode(YEARS);
        }
        return told;
    }

    private static Quantity quantity(Quantity quantity) {
        Quantity number = quantity.getClass() == Quantity.class ? new Quantity() : sameKind(quantity);
        boolean measured = quantity.hasValue()
                && Codes.UCUM.equals(quantity.getSystem())
                && quantity.getCode() != null
                && UNIT.matcher(quantity.getCode()).matches();
        if (measured) {
            number.setValue(quantity.getValue()).setSystem(Codes.UCUM).setCode(quantity.getCode());
            if (quantity.hasComparator()) {
                number.setComparator(quantity.getComparator());
            }
        }
        return number;
    }

    /** A Duration stays one, since the model has a field for that alone. */
    private static Quantity sameKind(Quantity quantity) {
        return quantity instanceof Duration ? new Duration() : new Quantity();
    }

    /** Only to what leaves in this form too. */
    private Reference reference(Reference reference) {
        String path = reference.getReference();
        String[] parts = path == null ? new String[0] : path.split("/", 3);
        boolean follows = parts.length > 1 && PseudonymisedElements.types().contains(parts[0]);
        return follows ? new Reference(parts[0] + "/" + pseudonyms.of(parts[0], parts[1])) : new Reference();
    }
}
