/** Appointments in the calendars of clinics: {@code $book}, {@code $reschedule}, {@code $cancel}. */
@NullMarked
package eu.sinusnode.server.appointments;

import org.jspecify.annotations.NullMarked;
