package eu.sinusnode.profiles;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Whether an element has its plainest form: only the parts named here, no extension, no element id, no text that would
 * need a closer look. A {@code false} says nothing about validity.
 */
final class PlainElements {

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_PROSE = 4000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /** No example address: the validator has an opinion on those. */
    private static final Pattern SYSTEM =
            Pattern.compile("https?://(?!.*example)[a-z0-9-]+(\\.[a-z0-9-]+)+(/[A-Za-z0-9_-]+)*"
                    + "|urn:oid:[0-2](\\.(0|[1-9][0-9]{0,18})){2,30}");

    private static final String VERSION = "/_history/";

    private PlainElements() {}

    static boolean isBare(Element element) {
        return !element.hasExtension() && element.getIdElement().isEmpty();
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    static boolean isPlaceholder(String reference) {
        return PLACEHOLDER.matcher(reference).matches();
    }

    /** One coding of that system and code, with that display or none. */
    static boolean isConcept(CodeableConcept concept, String system, String code, String display) {
        return isBare(concept)
                && isTextOrAbsent(concept.getTextElement())
                && concept.getCoding().size() == 1
                && isCoding(concept.getCoding().get(0), system, code)
                && (!concept.getCoding().get(0).hasDisplayElement()
                        || (isBare(concept.getCoding().get(0).getDisplayElement())
                                && display.equals(concept.getCoding().get(0).getDisplay())));
    }

    /** Codings of that system and these codes, in this order, and nothing else; displays are free text. */
    static boolean isConcept(CodeableConcept concept, String system, List<String> codes) {
        List<Coding> codings = concept.getCoding();
        if (!isBare(concept) || !isTextOrAbsent(concept.getTextElement()) || codings.size() != codes.size()) {
            return false;
        }
        for (int i = 0; i < codes.size(); i++) {
            if (!isCoding(codings.get(i), system, codes.get(i))
                    || !isTextOrAbsent(codings.get(i).getDisplayElement())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTextOrAbsent(StringType text) {
        return isBare(text) && (!text.hasValue() || isText(text.getValue()));
    }

    /** The model trims a code, the validator looks at what was written. */
    private static boolean isWritten(String code, CodeType element) {
        return code.equals(element.getValue()) && code.equals(element.getValueAsString());
    }

    /** System and code as they are written, with any display. */
    static boolean isCoding(Coding coding, String system, String code) {
        return isBare(coding)
                && !coding.hasVersionElement()
                && !coding.hasUserSelectedElement()
                && system.equals(coding.getSystem())
                && isBare(coding.getSystemElement())
                && isWritten(code, coding.getCodeElement())
                && isBare(coding.getCodeElement());
    }

    /** A literal reference to one of those types, without version, or a transaction's placeholder. */
    static boolean isReference(Reference reference, String... types) {
        return isBare(reference)
                && !reference.hasTypeElement()
                && !reference.hasIdentifier()
                && isTextOrAbsent(reference.getDisplayElement())
                && reference.getResource() == null
                && isBare(reference.getReferenceElement_())
                && isReferenceText(reference.getReferenceElement_().getValue(), types);
    }

    /** A transaction's placeholder for an entry of that type, which HAPI's parser has put behind it. */
    static boolean isEntry(Reference reference, Class<? extends Resource> type) {
        return isBare(reference)
                && hasOnly(reference, Set.of("reference"))
                && isBare(reference.getReferenceElement_())
                && reference.getReferenceElement_().hasValue()
                && isPlaceholder(reference.getReferenceElement_().getValue())
                && type.isInstance(reference.getResource());
    }

    private static boolean isReferenceText(@Nullable String text, String... types) {
        if (text == null) {
            return false;
        }
        int slash = text.indexOf('/');
        return slash < 0
                ? isPlaceholder(text)
                : Arrays.asList(types).contains(text.substring(0, slash)) && isId(text.substring(slash + 1));
    }

    /** A reference to a version of a record of one of those types, and nothing beside. */
    static boolean isVersion(Reference reference, String... types) {
        String text = reference.getReferenceElement_().getValue();
        int version = text == null ? -1 : text.indexOf(VERSION);
        return version > 0
                && hasOnly(reference, Set.of("reference"))
                && isBare(reference)
                && isBare(reference.getReferenceElement_())
                && text.indexOf('/') > 0
                && isReferenceText(text.substring(0, version), types)
                && isId(text.substring(version + VERSION.length()));
    }

    /** Whether the element has nothing but those parts, extensions and its own id among them. */
    static boolean hasOnly(Base element, Set<String> parts) {
        return element.children().stream()
                .allMatch(part -> parts.contains(part.getName())
                        || part.getValues().stream().allMatch(PlainElements::isNothing));
    }

    /** What was only asked for is there without content; a resource counts as it is. */
    private static boolean isNothing(Base value) {
        return value.isEmpty() && !(value instanceof Resource);
    }

    /** System and value alone, neither longer than an index of the storage keeps whole. */
    static boolean isIdentifier(Identifier identifier) {
        return isBare(identifier)
                && !identifier.hasUseElement()
                && !identifier.hasType()
                && !identifier.hasPeriod()
                && !identifier.hasAssigner()
                && identifier.hasSystem()
                && identifier.getSystem().length() <= LONGEST_TEXT
                && SYSTEM.matcher(identifier.getSystem()).matches()
                && isBare(identifier.getSystemElement())
                && isBare(identifier.getValueElement())
                && isText(identifier.getValue());
    }

    /** A value in a UCUM unit, between the bounds, both included. */
    static boolean isQuantity(Quantity quantity, String unit, int lowest, int highest) {
        return isBare(quantity)
                && !quantity.hasComparatorElement()
                && isBare(quantity.getUnitElement())
                && isText(quantity.getUnit())
                && Codes.UCUM.equals(quantity.getSystem())
                && isBare(quantity.getSystemElement())
                && isWritten(unit, quantity.getCodeElement())
                && isBare(quantity.getCodeElement())
                && isBare(quantity.getValueElement())
                && isBetween(quantity.getValue(), quantity.getValueElement().getValueAsString(), lowest, highest);
    }

    private static boolean isBetween(@Nullable BigDecimal value, String asWritten, int lowest, int highest) {
        return value != null
                && value.scale() >= 0
                && value.scale() <= 6
                && value.toPlainString().equals(asWritten)
                && value.compareTo(BigDecimal.valueOf(lowest)) >= 0
                && value.compareTo(BigDecimal.valueOf(highest)) <= 0;
    }

    /** A moment to the second, with offset, that exists in the calendar. */
    static boolean isExactTime(BaseDateTimeType time) {
        String text = time.getValueAsString();
        return isBare(time) && text != null && ExactTime.isOne(text);
    }

    /** None, one as R4 has it, or the placeholder of a transaction, which HAPI's parser puts in the same place. */
    static boolean isIdOrAbsent(IdType id) {
        return !id.hasExtension()
                && (!id.hasValue() || isPlaceholder(id.getValue()) || (id.getIdPart() != null && isId(id.getIdPart())));
    }

    /** Words alone. */
    static boolean isTextAlone(CodeableConcept concept) {
        return isBare(concept)
                && concept.getCoding().isEmpty()
                && isBare(concept.getTextElement())
                && isProse(concept.getText());
    }

    /** One coding, and words or none. Without a display: the code systems have theirs. */
    static boolean isCode(CodeableConcept concept, String system, String code) {
        return isBare(concept)
                && isBare(concept.getTextElement())
                && (!concept.hasTextElement() || isProse(concept.getText()))
                && concept.getCoding().size() == 1
                && isCoding(concept.getCoding().get(0), system, code)
                && !concept.getCoding().get(0).hasDisplayElement();
    }

    static boolean isCode(CodeableConcept concept, String system, Collection<String> codes) {
        return codes.stream().anyMatch(code -> isCode(concept, system, code));
    }

    /** Printable ASCII without markup, and Latin letters; not blank at either end. */
    static boolean isText(@Nullable String text) {
        return isText(text, LONGEST_TEXT);
    }

    /** Whole sentences of such text, where no index keeps them. */
    static boolean isProse(@Nullable String text) {
        return isText(text, LONGEST_PROSE);
    }

    private static boolean isText(@Nullable String text, int longest) {
        if (text == null || text.isEmpty() || text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean ascii = each >= ' ' && each <= '~' && each != '<' && each != '>' && each != '&';
            if (!ascii && !isLatin(each)) {
                return false;
            }
        }
        return text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
    }

    private static boolean isLatin(char each) {
        return each >= '\u00c0' && each <= '\u024f' && Character.isLetter(each);
    }
}
