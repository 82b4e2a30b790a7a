package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds blood pressures of one patient; each call of {@link #add} is one Observation. */
public final class HomeReadings {

    private final List<VitalReading> vitals = new ArrayList<>();
    private List<String> withheld = List.of();
    private @Nullable String device = Codes.CUFF;
    private @Nullable String setting = Codes.HOME;
    private String status = "final";
    private String version = "1";

    /** Of a cuff, at home, final, from here on. */
    public static HomeReadings cuff() {
        return new HomeReadings();
    }

    /** One reading a day at 08:00+01:00, from 2026-11-01 on. */
    public static HomeReadings daily(int days, double systolic, double diastolic) {
        HomeReadings readings = cuff();
        for (int day = 1; day <= days; day++) {
            readings.add("2026-11-%02dT08:00:00+01:00".formatted(day), systolic, diastolic);
        }
        return readings;
    }

    public HomeReadings device(@Nullable String kind) {
        device = kind;
        return this;
    }

    public HomeReadings setting(@Nullable String where) {
        setting = where;
        return this;
    }

    public HomeReadings status(String code) {
        status = code;
        return this;
    }

    public HomeReadings version(String number) {
        version = number;
        return this;
    }

    public HomeReadings withheld(String... codes) {
        withheld = List.of(codes);
        return this;
    }

    public HomeReadings add(String effective, double systolic, double diastolic) {
        String observation = "bp-" + vitals.size();
        one(observation, Codes.SYSTOLIC, effective, systolic, "mm[Hg]");
        one(observation, Codes.DIASTOLIC, effective, diastolic, "mm[Hg]");
        return this;
    }

    public HomeReadings one(String observation, String code, String effective, double value, String unit) {
        vitals.add(new VitalReading(
                observation, version, code, OffsetDateTime.parse(effective), value, unit, status, device, setting));
        return this;
    }

    public PatientReadings of(String patient) {
        return new PatientReadings(
                patient, withheld, vitals.size(), List.copyOf(vitals), List.of(), List.of(), PatientFacts.UNREAD);
    }
}
