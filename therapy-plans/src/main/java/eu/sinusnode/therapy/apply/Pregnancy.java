package eu.sinusnode.therapy.apply;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IntegerType;

/** Whether the patient is pregnant. Of whom the record says nothing, and who may be, it is not known. */
final class Pregnancy {

    /** Completed years from which on it is not asked about: a number of this house. */
    private static final int TOO_OLD = 56;

    private static final Diagnosis PREGNANCY = Diagnosis.of("pregnancy", List.of("O", "Z33", "Z34", "Z35"), "77386006");

    private Pregnancy() {}

    static Fact in(PatientRecord record, Fact age) {
        Fact recorded = PREGNANCY.recordedIn(record);
        if (recorded instanceof Fact.Known known && ((BooleanType) known.value()).booleanValue()) {
            return known;
        }
        if (record.patient().getGender() == AdministrativeGender.MALE) {
            return new Fact.Known(new BooleanType(false), "the patient is male", List.of());
        }
        if (age instanceof Fact.Known known && ((IntegerType) known.value()).getValue() >= TOO_OLD) {
            return new Fact.Known(new BooleanType(false), "the patient is too old for a pregnancy", List.of());
        }
        return recorded instanceof Fact.Unknown
                ? recorded
                : new Fact.Unknown("the record does not say that there is no pregnancy");
    }
}
