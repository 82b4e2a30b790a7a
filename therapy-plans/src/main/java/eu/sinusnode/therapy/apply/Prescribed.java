package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.medicine.MedicineClass;
import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.medicine.Prescription;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;

/** Whether one of a class of medicines is prescribed. A medicine without an ATC code may be any, a combination one of several. */
final class Prescribed {

    private Prescribed() {}

    static Fact in(PatientRecord record, MedicineClass medicine) {
        List<Prescription> active = record.medication().stream()
                .filter(prescription -> MedicineProposal.isPrescribed(prescription.request()))
                .toList();
        List<Prescription> found = active.stream()
                .filter(prescription -> medicine.isAmong(prescription.atc()))
                .toList();
        if (!found.isEmpty()) {
            return new Fact.Known(
                    new BooleanType(true),
                    medicine.words() + " is prescribed",
                    References.of(found.stream().map(Prescription::request).toList()));
        }
        if (record.withheld().contains("MedicationRequest")) {
            return new Fact.Unknown("prescriptions could not be read");
        }
        if (active.stream().anyMatch(prescription -> prescription.atc().isEmpty())) {
            return new Fact.Unknown("a prescription has no ATC code, and may be of any class");
        }
        if (active.stream().anyMatch(prescription -> medicine.mayBeAmong(prescription.atc()))) {
            return new Fact.Unknown("a prescription may have " + medicine.words() + " in it");
        }
        return new Fact.Known(new BooleanType(false), medicine.words() + " is not among the prescriptions", List.of());
    }
}
