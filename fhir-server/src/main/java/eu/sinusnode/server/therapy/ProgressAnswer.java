package eu.sinusnode.server.therapy;

import eu.sinusnode.server.therapy.PlanProgress.ActivityProgress;
import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.ProgressChart;
import eu.sinusnode.therapy.progress.TargetProgress;
import eu.sinusnode.therapy.progress.TargetProgress.Basis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** A plan's progress as Parameters; docs/therapy-plans.md says what each of them means. */
record ProgressAnswer(PlanRecord record, PlanProgress progress) {

    Parameters parameters(LocalDate from, LocalDate last) {
        Parameters answer = new Parameters();
        answer.addParameter("from", new DateType(from.toString()));
        answer.addParameter("to", new DateType(last.toString()));
        List<ProgressChart.Row> rows = new ArrayList<>();
        for (ActivityProgress each : progress.activities()) {
            ParametersParameterComponent activity = answer.addParameter().setName("activity");
            add(activity, "name", new StringType(each.name()));
            if (each instanceof ActivityProgress.Counted counted) {
                counted(activity, counted);
                rows.add(new ProgressChart.Row(counted.name(), counted.kept()));
            } else if (each instanceof ActivityProgress.NotComputable unknown) {
                add(activity, "notComputable", new StringType(unknown.because()));
            }
        }
        for (Goal goal : record.goals()) {
            goal.getTarget().forEach(target -> target(answer.addParameter().setName("target"), goal, target));
        }
        if (!rows.isEmpty()) {
            Attachment chart = new Attachment();
            chart.setContentType("image/svg+xml").setTitle("Kept of what was planned, week by week");
            chart.setData(ProgressChart.draw(rows));
            answer.addParameter().setName("chart").setValue(chart);
        }
        return answer;
    }

    private static void counted(ParametersParameterComponent activity, ActivityProgress.Counted counted) {
        Kept kept = counted.kept();
        add(activity, "kind", new CodeType(counted.kind()));
        add(activity, "planned", new IntegerType(kept.planned()));
        add(activity, "kept", new IntegerType(kept.kept()));
        if (kept.planned() == 0) {
            add(activity, "notComputable", new StringType("Nothing was due yet."));
            return;
        }
        add(activity, "proportionKept", share(kept.kept(), kept.planned()));
        add(activity, "proportionOfDaysCovered", share(kept.coveredDays(), kept.days()));
    }

    private void target(ParametersParameterComponent parameter, Goal goal, GoalTargetComponent target) {
        add(parameter, "goal", new Reference("Goal/" + goal.getIdElement().getIdPart()));
        add(parameter, "measure", target.getMeasure());
        TargetProgress judged = progress.target(target);
        if (judged instanceof TargetProgress.Judged known) {
            add(parameter, "value", quantity(known.shown(), known.unit()));
            if (known.reported().signum() > 0) {
                add(parameter, "reported", quantity(known.reportedShown(), known.unit()));
            }
            add(parameter, "basis", new CodeType(known.basis().name().toLowerCase(Locale.ROOT)));
            add(parameter, "values", new IntegerType(known.values()));
            add(parameter, "reached", new BooleanType(known.reached()));
        } else if (judged instanceof TargetProgress.Coded known) {
            add(parameter, "value", known.value());
            add(parameter, "basis", new CodeType(Basis.NEWEST.name().toLowerCase(Locale.ROOT)));
            add(parameter, "values", new IntegerType(1));
            add(parameter, "reached", new BooleanType(known.reached()));
        } else if (judged instanceof TargetProgress.NotComputable unknown) {
            add(parameter, "notComputable", new StringType(unknown.because()));
        }
    }

    private static Quantity quantity(BigDecimal value, String unit) {
        Quantity quantity = new Quantity();
        quantity.setValue(value).setUnit(unit);
        quantity.setSystem("http://unitsofmeasure.org").setCode(unit);
        return quantity;
    }

    private static DecimalType share(int some, int all) {
        return new DecimalType(BigDecimal.valueOf(some).divide(BigDecimal.valueOf(all), 3, RoundingMode.HALF_UP));
    }

    private static void add(ParametersParameterComponent to, String name, Type value) {
        to.addPart().setName(name).setValue(value);
    }
}
