from . import care_policy, interaction, meeting_type
