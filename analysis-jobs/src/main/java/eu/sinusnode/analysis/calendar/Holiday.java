package eu.sinusnode.analysis.calendar;

import static eu.sinusnode.analysis.calendar.FederalState.BB;
import static eu.sinusnode.analysis.calendar.FederalState.BE;
import static eu.sinusnode.analysis.calendar.FederalState.BW;
import static eu.sinusnode.analysis.calendar.FederalState.BY;
import static eu.sinusnode.analysis.calendar.FederalState.HB;
import static eu.sinusnode.analysis.calendar.FederalState.HE;
import static eu.sinusnode.analysis.calendar.FederalState.HH;
import static eu.sinusnode.analysis.calendar.FederalState.MV;
import static eu.sinusnode.analysis.calendar.FederalState.NI;
import static eu.sinusnode.analysis.calendar.FederalState.NW;
import static eu.sinusnode.analysis.calendar.FederalState.RP;
import static eu.sinusnode.analysis.calendar.FederalState.SH;
import static eu.sinusnode.analysis.calendar.FederalState.SL;
import static eu.sinusnode.analysis.calendar.FederalState.SN;
import static eu.sinusnode.analysis.calendar.FederalState.ST;
import static eu.sinusnode.analysis.calendar.FederalState.TH;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Public holidays that may fall on a working day, as the laws of the Länder stood in 2026. What holds in some municipalities
 * alone (Assumption in Bavaria, Corpus Christi in parts of Saxony and Thuringia, the peace festival of Augsburg) and what a
 * Land decides on for a single year is a working day here: a deadline then comes too early, not too late.
 */
enum Holiday {
    NEW_YEAR(on(Month.JANUARY, 1)),
    EPIPHANY(on(Month.JANUARY, 6), BW, BY, ST),
    WOMENS_DAY(on(Month.MARCH, 8), BE, MV),
    GOOD_FRIDAY(fromEaster(-2)),
    EASTER_MONDAY(fromEaster(1)),
    LABOUR_DAY(on(Month.MAY, 1)),
    ASCENSION(fromEaster(39)),
    WHIT_MONDAY(fromEaster(50)),
    CORPUS_CHRISTI(fromEaster(60), BW, BY, HE, NW, RP, SL),
    ASSUMPTION(on(Month.AUGUST, 15), SL),
    CHILDRENS_DAY(on(Month.SEPTEMBER, 20), TH),
    GERMAN_UNITY(on(Month.OCTOBER, 3)),
    REFORMATION(on(Month.OCTOBER, 31), BB, HB, HH, MV, NI, SH, SN, ST, TH),
    ALL_SAINTS(on(Month.NOVEMBER, 1), BW, BY, NW, RP, SL),
    REPENTANCE(
            year -> LocalDate.of(year, Month.NOVEMBER, 23).with(TemporalAdjusters.previous(DayOfWeek.WEDNESDAY)), SN),
    CHRISTMAS_DAY(on(Month.DECEMBER, 25)),
    BOXING_DAY(on(Month.DECEMBER, 26));

    private final IntFunction<LocalDate> day;
    private final Set<FederalState> states;

    /** @param states none: all of them */
    Holiday(IntFunction<LocalDate> day, FederalState... states) {
        this.day = day;
        this.states = states.length == 0 ? EnumSet.allOf(FederalState.class) : EnumSet.copyOf(Set.of(states));
    }

    LocalDate in(int year) {
        return day.apply(year);
    }

    /** @param state null: whether it is kept in all of them */
    boolean isKeptIn(@Nullable FederalState state) {
        return state == null ? states.size() == FederalState.values().length : states.contains(state);
    }

    private static IntFunction<LocalDate> on(Month month, int day) {
        return year -> LocalDate.of(year, month, day);
    }

    private static IntFunction<LocalDate> fromEaster(int days) {
        return year -> easter(year).plusDays(days);
    }

    /** The Gregorian Easter Sunday (Meeus, Jones and Butcher; Astronomical Algorithms, chapter 8). */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int monthAndDay = h + l - 7 * m + 114;
        return LocalDate.of(year, monthAndDay / 31, monthAndDay % 31 + 1);
    }
}
