/** Answers to questionnaires of an active plan that a clinician has to look at: a Task of the clinic that treats by the plan. */
@NullMarked
package eu.sinusnode.server.alerts;

import org.jspecify.annotations.NullMarked;
