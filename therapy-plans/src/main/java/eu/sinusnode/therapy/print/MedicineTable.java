package eu.sinusnode.therapy.print;

import eu.sinusnode.therapy.medicine.MedicineProposal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;

/** What is taken, how much of it and when. */
record MedicineTable(PrintedPlan printed, PrintLanguage language) {

    private static final EnumSet<MedicationRequestStatus> PRESCRIBED =
            EnumSet.of(MedicationRequestStatus.ACTIVE, MedicationRequestStatus.ONHOLD);

    void write(Html page) {
        page.open("div", "class", "part").element("h2", language.say("medicines"));
        QuantityWords words = new QuantityWords(language);
        DoseWords doses = new DoseWords(language);
        List<List<String>> rows = new ArrayList<>();
        for (MedicationRequest prescription : printed.prescriptions()) {
            if (!PRESCRIBED.contains(prescription.getStatus()) || MedicineProposal.is(prescription)) {
                continue;
            }
            String name = prescription.getStatus() == MedicationRequestStatus.ONHOLD
                    ? language.say("medicine.paused", medicine(prescription, printed, words))
                    : medicine(prescription, printed, words);
            if (prescription.getDosageInstruction().isEmpty()) {
                rows.add(List.of(name, language.say("dose.unknown"), language.say("dose.when-unknown"), ""));
            }
            for (Dosage dosage : prescription.getDosageInstruction()) {
                rows.add(List.of(name, doses.dose(dosage), doses.when(dosage), String.join(". ", doses.notes(dosage))));
            }
        }
        page.element("p", language.say(rows.isEmpty() ? "medicines.none" : "medicines.intro"));
        if (!rows.isEmpty()) {
            PageFrame.table(
                    page,
                    "medicines",
                    language.say("medicines.caption"),
                    Stream.of("medicine", "dose", "medicine.when", "medicine.note")
                            .map(language::say)
                            .toList(),
                    rows);
        }
        page.close();
    }

    /** What it is called. */
    static String medicine(MedicationRequest prescription, PrintedPlan printed, QuantityWords words) {
        if (prescription.getMedication() instanceof CodeableConcept concept) {
            return words.name(concept);
        }
        String reference = prescription.getMedicationReference().getReference();
        return printed.medicines()
                .getOrDefault(String.valueOf(reference), words.language().say("nameless"));
    }
}
