package eu.sinusnode.analysis.quality;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds vital readings of one patient; each call of {@link #add} is an Observation of its own. */
public final class Vitals {

    private final List<VitalReading> readings = new ArrayList<>();
    private String status = "final";
    private @Nullable String device;
    private @Nullable String setting;
    private List<String> withheld = List.of();

    public Vitals status(String code) {
        status = code;
        return this;
    }

    public Vitals device(@Nullable String kind) {
        device = kind;
        return this;
    }

    public Vitals setting(@Nullable String where) {
        setting = where;
        return this;
    }

    public Vitals withheld(String... codes) {
        withheld = List.of(codes);
        return this;
    }

    /** In the unit of the measurement. */
    public Vitals add(Measurement what, String effective, double value) {
        return add(what, effective, value, what.unit());
    }

    public Vitals add(Measurement what, String effective, double value, String unit) {
        readings.add(reading("o" + readings.size(), what.code(), OffsetDateTime.parse(effective), value, unit));
        return this;
    }

    public Vitals pressure(String effective, double systolic, double diastolic) {
        String observation = "bp" + readings.size();
        OffsetDateTime at = OffsetDateTime.parse(effective);
        readings.add(reading(observation, Codes.SYSTOLIC, at, systolic, "mm[Hg]"));
        readings.add(reading(observation, Codes.DIASTOLIC, at, diastolic, "mm[Hg]"));
        return this;
    }

    private VitalReading reading(String id, String code, OffsetDateTime at, double value, String unit) {
        return new VitalReading(id, "1", code, at, value, unit, status, device, setting);
    }

    public List<VitalReading> list() {
        return List.copyOf(readings);
    }

    public PatientReadings of(String patient) {
        return of(patient, PatientFacts.UNREAD);
    }

    public PatientReadings of(String patient, PatientFacts facts) {
        return new PatientReadings(patient, withheld, readings.size(), list(), List.of(), List.of(), facts);
    }
}
