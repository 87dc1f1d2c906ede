-- What a board adds up is found by the day it took effect, and costs what that month costs.

CREATE INDEX awards_verification_by_day ON awards_verification USING btree (decided_on);

CREATE INDEX awards_correction_by_day ON awards_correction USING btree (corrected_on);
