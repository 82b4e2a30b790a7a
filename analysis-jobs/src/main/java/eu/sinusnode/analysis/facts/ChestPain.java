package eu.sinusnode.analysis.facts;

import eu.sinusnode.profiles.Codes;
import java.util.Arrays;
import java.util.Optional;

/** What chest pain is like, as the codes of {@code chest-pain-type} say, in the order of the Cleveland table. */
public enum ChestPain {
    TYPICAL_ANGINA(Codes.TYPICAL_ANGINA),
    ATYPICAL_ANGINA(Codes.ATYPICAL_ANGINA),
    NON_ANGINAL_PAIN(Codes.NON_ANGINAL_PAIN),
    NO_PAIN(Codes.NO_CHEST_PAIN);

    private final String code;

    ChestPain(String code) {
        this.code = code;
    }

    /** 1 to 4. */
    public int number() {
        return ordinal() + 1;
    }

    /** Empty for a code that is none of these. */
    public static Optional<ChestPain> ofCode(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }
}
