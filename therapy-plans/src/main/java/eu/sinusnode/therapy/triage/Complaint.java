package eu.sinusnode.therapy.triage;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a patient can complain of in codes: those of the questions on complaints, and racing of the heart and fainting. Codes of
 * SNOMED CT, without its words.
 */
public enum Complaint {
    CHEST_PAIN("29857009"),
    BREATHLESS("267036007"),
    BREATHLESS_AT_NIGHT("248548009"),
    SWELLING("267038008"),
    DIZZY("404640003"),
    PALPITATIONS("80313002"),
    FAINTED("271594007");

    private final String code;

    Complaint(String code) {
        this.code = code;
    }

    /** Of {@code http://snomed.info/sct}. */
    public String code() {
        return code;
    }

    public static Optional<Complaint> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }
}
