package eu.sinusnode.sampledata.fhir;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The form that a patient has signed: a PDF of one page (ISO 32000-1, 7.5), the same bytes for the same day. It says what it is,
 * and names nobody.
 */
final class SignedForm {

    private static final int OFFSET_DIGITS = 10;

    private SignedForm() {}

    static byte[] of(LocalDate signed) {
        String page =
                "BT /F1 12 Tf 72 760 Td (Einwilligung in die Datennutzung, Fassung 1.0) Tj 0 -20 Td (Unterschrieben am "
                        + signed + ") Tj 0 -20 Td (Synthetische Daten) Tj ET";
        return pdf(List.of(
                "<</Type/Catalog/Pages 2 0 R>>",
                "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
                "<</Length " + page.length() + ">>stream\n" + page + "\nendstream",
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"));
    }

    /** @param objects numbered from 1 on; the first is the catalog */
    private static byte[] pdf(List<String> objects) {
        StringBuilder file = new StringBuilder("%PDF-1.4\n");
        List<Integer> offsets = new ArrayList<>();
        for (String object : objects) {
            offsets.add(file.length());
            file.append(offsets.size()).append(" 0 obj\n").append(object).append("\nendobj\n");
        }
        int table = file.length();
        file.append("xref\n0 ").append(objects.size() + 1).append("\n0000000000 65535 f \n");
        offsets.forEach(
                offset -> file.append(String.format(Locale.ROOT, "%0" + OFFSET_DIGITS + "d 00000 n \n", offset)));
        file.append("trailer<</Size ").append(objects.size() + 1).append("/Root 1 0 R>>\nstartxref\n");
        return file.append(table).append("\n%%EOF\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
